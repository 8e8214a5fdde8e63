"""A year of following up on the demonstration's ledger, as lines typed at a terminal, with what each brings about.

A line is dated by the `# day` above it. Behind `=>` stands what it changes, as whoever keeps the books by hand
would write it down: `6.3 done`, `L2 signed`, `meetings +1`; see `books.Books`. `close! IDS` is short for the five
sign-offs of the chain.
"""

from __future__ import annotations

#: What is added to the settings at the beginning: limits for clues; who comes and goes; a ladder as it ships.
SETTINGS = """
[clues.route]
within_workdays = 5

[clues.verify]
within_days = 30

[clues.feedback]
within_days = 15
"""
PEOPLE = """
[[persons]]
name = "陆河清"

[[persons]]
name = "温岭"
"""

STORY = """
# 2025-07-02
note 6.3 -t 排班表已补齐 => 6.3 active
letter draft 6.3 --rung supervise => L2 draft
register meetings add type=推进会 title=第三次整改推进会 => meetings +1
# 2025-07-04
letter sign L2 --signer 周明远 => L2 signed
register bulletins add --series 整改简报 --title 半年进展 => bulletins +1
# 2025-07-10
letter reply L2 -t 源头企业已全部约谈 --verdict adequate --opinion 属实 => L2 answered
done 6.3 --result 约谈三家企业，签订承诺书 => 6.3 done
clue add 超限车辆收费放行 --channel 电话 --source 田先生 --unit 执法大队 => C2 registered
clue add 维修站不开发票 --channel 举报信箱 --unit 运输管理股 => C3 registered
# 2025-07-15
clue route C2 C3 --to 办公室 --signer 周明远 --opinion 从速核查 => C2 C3 routed
close! 6.3 => 6.3 closed
# 2025-07-22
done 6.4 10.1 10.2 --result 已按标准落实 => 6.4 10.1 10.2 done
close! 6.4 10.1 10.2 => 6.4 10.1 10.2 closed
extend 16.1 --to 2025-07-31 --approve --meeting 领导小组会第5次 --why 资产分散在三处 => 16.1 due 2025-07-31
# 2025-07-30
clue verify C2 --outcome 属实 --finding 抽查30车次，2车次未称重放行 => C2 verified
clue verify C3 --outcome 不属实 => C3 verified
clue conclude C3 => C3 concluded
# 2025-08-04
clue issue C2 -m 称重数据与放行联锁 --due 2025-10-31 => C2 issue; 23.1 new 2025-10-31
clue feedback C2 -t 已电话告知核查结果 => C2 issue
edit 10.3 --every 'month from 2025-08 to 2025-12' --why 领导小组会定 => 10.3 every month 2025-08 2025-12
register meetings add type=工作专班会 title=固定资产清查碰头会 => meetings +1
# 2025-08-11
lookback plan --title 上半年整改回头看 --as-of 2025-07-31 --rate 10% --confidence 90% --seed 开会抽签4711 => R2025-2 planned
lookback sample R2025-2 --all => R2025-2 drawn
# 2025-08-18
lookback record R2025-2 3.1 3.2 14.1 14.2 14.3 6.2 6.3 6.4 10.1 --outcome held --method look,check -t 抽查均有记录 => R2025-2 held +9
lookback record R2025-2 6.1 --outcome rebound -t 夜间又有空岗 --method visit => 6.1 back; R2025-2 rebound +1
lookback record R2025-2 10.2 --outcome variant --title 评查只看格式不看实体 -t 每月评查流于形式 => 24 new -; R2025-2 variant +1
claim 23 24 --leader 周明远
lookback finish R2025-2 --redo "6.1 林若川 2025-10-31" => R2025-2 finished
# 2025-08-25
plan approve --meeting 领导小组会第6次
letter draft 16.1 --rung supervise => L3 draft
letter sign L3 --signer 周明远 => L3 signed
occur 10.3 --period 2025-08 -t 评查22份案卷，退回3份 => 10.3 occurred 2025-08
done 4.1 4.2 5.2 --result 已办结 => 4.1 4.2 5.2 done
# 2025-08-28
close! 4.1 4.2 5.2 => 4.1 4.2 5.2 closed
clue add 工地夜间超时施工 --channel 网络 => C4 registered
# 2025-09-01
handover --from 林若川 --to 陆河清 --on 2025-09-01 --why 岗位调整
register visits add way=专项督查 level=县级 unit=公路管理股 title=公路养护现场检查 => visits +1
# 2025-09-05
clue transfer C4 --to 县住建局 --number 整改办移〔2025〕1号 => C4 transferred
letter reply L3 -t 清查完成八成 --verdict partial => L3 answered
# 2025-09-12
clue receipt C4 --number 收字31号 => C4 acknowledged
done 16.1 7.1 7.2 7.3 --result 清查完成并公示 => 16.1 7.1 7.2 7.3 done
close! 16.1 => 16.1 closed
# 2025-09-19
return 7.3 --why 佐证材料不全 --signer 整改办 => 7.3 active
close! 7.1 7.2 => 7.1 7.2 closed
note 11.1 12.1 4.3 -t 已启动 => 11.1 12.1 4.3 active
# 2025-09-26
occur 10.3 --period 2025-09 -t 评查25份 => 10.3 occurred 2025-09
longterm 2.3 --approve --interim-goal 养护站点改造过半 --review-on 2026-03-31 --meeting 领导小组会第7次 --why 工程周期长 => 2.3 longterm; 2.3 review 2026-03-31
register accountability add --form 提醒谈话 --persons 2 --unit 财务股 --title 资产清查迟缓 => accountability +1; persons +2
# 2025-10-10
letter draft 4.3 11.1 11.2 12.1 --rung prompt => L4 draft
letter sign L4 --signer 周明远 => L4 signed
done 1.1 1.2 8.2 --result 制度已印发 => 1.1 1.2 8.2 done
# 2025-10-14
clue result C4 -t 责令整改，罚款二万元 => C4 concluded
done 6.1 --result 夜班加装考勤 => 6.1 done
close! 6.1 => 6.1 closed
# 2025-10-20
close! 1.1 1.2 8.1 8.2 => 1.1 1.2 8.1 8.2 closed
void 18.2 --why 与18.1重复 => 18.2 void
# 2025-10-28
done 23.1 --result 数据已联锁 => 23.1 done
close! 23.1 => 23.1 closed
measure 24 -t 评查结果与考评挂钩 --due 2025-12-20 --why 回头看发现隐形变异 => 24.1 new 2025-12-20
letter withdraw L4 --why 对象有误 => L4 withdrawn
# 2025-11-05
letter draft 4.3 11.1 11.2 12.1 --rung prompt => L5 draft
letter sign L5 --signer 周明远 => L5 signed
occur 10.3 --period 2025-10 --on 2025-11-05 -t 补做评查20份 => 10.3 occurred 2025-10
register meetings add type=专题民主生活会 title=巡察整改专题民主生活会 => meetings +1
# 2025-11-12
done 9.1 9.2 2.1 2.2 11.1 --result 验收合格 => 9.1 9.2 2.1 2.2 11.1 done
close! 9.1 9.2 2.1 => 9.1 9.2 2.1 closed
interim 12.1 --result 首批已完成 --review-on 2025-12-31 => 12.1 interim; 12.1 review 2025-12-31
# 2025-11-20
occur 10.3 --period 2025-11 -t 评查21份 => 10.3 occurred 2025-11
clue add 出租车拒载 --channel 来访 --source 一位乘客 --unit 运输管理股 => C5 registered
clue add 出租车拒载 --channel 来访 --unit 运输管理股 => C6 registered
void C6 --why 重复登记 => C6 void
# 2025-11-27
letter reply L5 -t 收到，正在办理 --verdict inadequate => L5 answered
close! 2.2 11.1 => 2.2 11.1 closed
# 2025-12-03
clue route C5 --to 运输管理股 => C5 routed
letter draft 11.2 4.3 --rung supervise => L6 draft
occur 10.3 --period 2025-12 -t 评查20份 => 10.3 occurred 2025-12
# 2025-12-10
letter sign L6 --signer 周明远 => L6 signed
done 13.1 13.2 19.1 10.3 24.1 --result 已建立长效机制 => 13.1 13.2 19.1 10.3 24.1 done
close! 13.1 13.2 10.3 24.1 => 13.1 13.2 10.3 24.1 closed
# 2025-12-17
lookback plan --title 下半年整改回头看 --as-of 2025-11-30 --rate 10% --confidence 90% --seed 抽签0912 => R2025-3 planned
lookback sample R2025-3 --all => R2025-3 drawn
done 11.2 4.3 --result 已补办 => 11.2 4.3 done
letter reply L6 -t 已办结 --verdict adequate => L6 answered
# 2025-12-24
close! 11.2 4.3 => 11.2 4.3 closed
register tolerance add --person 严某 --unit 财务股 --form 免责 --title 探索中的失误 => tolerance +1
# 2026-01-06
register meetings add type=推进会 title=年度整改推进会 => meetings +1
done 20.1 20.2 20.3 22.1 --result 全部整改到位 => 20.1 20.2 20.3 22.1 done
# 2026-01-12
lookback record R2025-3 3.1 3.2 14.1-14.3 6.1-6.4 10.1 10.2 4.1 4.2 5.2 16.1 7.1 7.2 1.1 1.2 8.1 8.2 23.1 9.1 2.1 2.2 11.1 --outcome held --method listen => R2025-3 held +26
lookback record R2025-3 9.2 --outcome rebound -t 养护记录再次中断 --satisfaction 71.5% => 9.2 back; R2025-3 rebound +1
lookback finish R2025-3 --redo "9.2 陆河清 2026-03-31" => R2025-3 finished
# 2026-01-15
close! 20.1 20.2 20.3 => 20.1 20.2 20.3 closed
clue verify C5 --outcome 部分属实 --finding 三次投诉查实一次 => C5 verified
# 2026-01-22
clue conclude C5 --result 停运三日并退还车费 => C5 concluded
clue feedback C5 -t 已书面答复 => C5 concluded
# 2026-02-04
reopen 13.2 --why 廉政谈话记录缺失 => 13.2 open
close! 22.1 19.1 => 22.1 19.1 closed
extend 21.1 --to 2026-03-31 --approve --meeting 领导小组会第12次 --why 等待上级批复 => 21.1 due 2026-03-31
# 2026-02-25
done 9.2 13.2 16.2 16.3 --result 记录补齐 => 9.2 13.2 16.2 16.3 done
close! 9.2 13.2 16.2 16.3 => 9.2 13.2 16.2 16.3 closed
register bulletins add --series 整改简报 --title 新年进展 => bulletins +1
# 2026-03-10
done 15.1 15.3 15.4 17.1 --result 已清理 => 15.1 15.3 15.4 17.1 done
close! 15.1 15.3 15.4 17.1 => 15.1 15.3 15.4 17.1 closed
# 2026-03-20
letter draft 17.2 17.3 --rung supervise => L7 draft
letter sign L7 --signer 周明远 => L7 signed
add 会议纪要印发不及时 -m 当日送审 --unit 办公室 --leader 周明远 --due 2026-05-31 => 25.1 new 2026-05-31
# 2026-04-09
claim 25
plan approve --meeting 领导小组会第14次
letter reply L7 -t 预算调整已批 --verdict adequate => L7 answered
done 17.2 17.3 18.1 --result 预算执行到位 => 17.2 17.3 18.1 done
clue add 货车绕行检测站 --channel 督察发现 --unit 执法大队 => C7 registered
# 2026-04-22
close! 17.2 17.3 18.1 => 17.2 17.3 18.1 closed
clue route C7 --to 执法大队 => C7 routed
# 2026-05-13
done 25.1 21.1 --result 三日内印发 => 25.1 21.1 done
close! 25.1 => 25.1 closed
register accountability add --form 书面检查 --persons 1 --unit 运输管理股 --title 拒载查处不力 => accountability +1; persons +1
# 2026-05-27
clue verify C7 --outcome 不属实 => C7 verified
return 21.1 --why 缺批复件 --signer 整改办 => 21.1 active
# 2026-06-08
clue conclude C7 => C7 concluded
register meetings add type=推进会 title=收尾推进会 => meetings +1
# 2026-06-15
done 21.1 21.2 12.1 --result 批复已到 => 21.1 21.2 12.1 done
close! 21.1 21.2 12.1 => 21.1 21.2 12.1 closed
note -t 全年整改情况已上报
"""
