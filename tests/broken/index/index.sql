UPDATE issue SET unit = '财政所';
