"""Reading only: query, view, renderer."""
