### Renraku 简体中文（大陆用语）。
###
### 紧急时用手机单手阅读：短、直白、不责怪任何人。
### 以 -words 结尾的键，是使用者会输入的词，以 | 分隔。

## “您平安吗？”的回答：按钮与输入

answer-safe = 我平安
answer-safe-words = 平安|我平安|我很平安|平安无事|报平安|我没事|没事|我很好|安全|我安全|我很安全|没受伤|我没受伤|我们都平安
answer-help = 我需要帮助
answer-help-words = 需要帮助|我需要帮助|需要帮忙|我需要帮忙|需要救援|我需要救援|救命|救我|帮帮我|求救|受伤了|我受伤了|被困|我被困|我被困住了|不安全|我不安全
cry-words = 需要帮助|需要帮忙|需要协助|需要救援|救命|救我|救救|帮帮我|求救|受伤|被困|受困|流血|动不了|不能动|出不去|出不来|无法呼吸|昏迷|骨折
cry-not-words = 不|没|无|未|别
answer-unaffected = 未受影响
answer-unaffected-words = 未受影响|我未受影响|没有影响|没有受影响|我没受影响|不受影响|不在现场|我不在现场

## 代替他人回答：按钮

for-safe = 平安（电话确认）
for-help = 需要帮助
for-tried = 无人接听
for-now-safe = 现已平安

## 平安确认：询问本人

badge-drill = 演练
drill-note = 这是演练，没有发生任何事故。请按真实情况的做法回答。
checkin-title = 您平安吗？
checkin-reminder = 还没有收到您的回答（第 { $count } 次提醒），请回答。
checkin-recorded-safe = { $when } 已记录：您平安。谢谢。
checkin-recorded-help = { $when } 已记录：您需要帮助。
checkin-recorded-unaffected = { $when } 已记录：您未受影响。谢谢。
checkin-recorded-for-safe = { $when } { $name } 代您回答：平安。
checkin-recorded-for-help = { $when } { $name } 代您回答：需要帮助。
checkin-recorded-for-unaffected = { $when } { $name } 代您回答：未受影响。
checkin-told = 已通知：{ $names }。在有人接手之前会持续通知。
checkin-told-nobody = 系统没有可以通知的人，请直接打电话求助。
checkin-taken = { $name } 正在处理。
checkin-taker-left = { $name } 无法前来，正在通知其他人。
checkin-danger = 如有生命危险，请立即拨打紧急电话（消防、急救、警察）。
checkin-danger-drill = 这是演练。如果真的需要帮助，请立即拨打紧急电话。
checkin-change = 您可以随时更改回答。
checkin-late = 平安确认已结束，现在仍可回答。
checkin-over = 平安确认已结束，您不需要做任何事。
checkin-cancelled-title = 已取消：无需回答
checkin-cancelled = 这是误发的消息，您不需要做任何事。

## 平安确认本身

rollcall-from = 发送：{ $name }（{ $organisation }）{ $when }
rollcall-about = 事由：{ $words }
rollcall-ended = 结束：{ $name } { $when }
rollcall-launched = 已开始，正在询问 { $count } 人。
rollcall-closed = 平安确认已结束，所有人都会收到解除通知。
rollcall-cancelled = 已取消，所有人都会收到更正通知。
rollcall-already-over = 这次平安确认已经结束。
rollcall-was-cancelled = 这次平安确认已取消，无需回答。
rollcall-too-late = 这次平安确认已截止。如果需要帮助，请打电话。
scope-everyone = { $organisation }全体人员
scope-site = 地点：{ $names }
scope-team = 部门：{ $names }
scope-under = { $name } 的全部下属
scope-list = 指定的 { $count } 人

## 记录后的回复

recorded-safe = 已记录：您平安。谢谢。
recorded-help = 已记录：您需要帮助。正在通知负责人员。
recorded-unaffected = 已记录：您未受影响。谢谢。
recorded-for-safe = 已记录：平安。
recorded-for-help = 已记录：需要帮助。正在通知负责人员。
recorded-for-unaffected = 已记录：未受影响。
recorded-for-tried = 已记录：联系过，无人接听。
already-answered = 对方已经回答了。
undone = 已取消，恢复为尚未回答。
undo-not-yours = 这是本人或其他人的回复，您无法取消。

## 上级的联系名单

worklist-title = 尚待联系：{ $all } 人中的 { $count } 人
worklist-hint = 请打电话，再点选您了解到的情况。
worklist-in-hand = 另有 { $count } 人在您的另一张卡片上，请现在打电话。
worklist-range = 第 { $first } 至 { $last } 人，共 { $all } 人
worklist-next = 接下来 { $count } 人
worklist-first = 回到最前面
worklist-done = 完成：{ $count } 人都已确认
worklist-over = 平安确认已结束，不必再联系
worklist-cancelled = 平安确认已取消，不必再联系

## 名单上的一个人

person-asked = 已询问 { $count } 次
person-page-closed = 对方的网页尚未打开
way-unopened = { $way }（未打开）
person-unreachable = 消息未送达
person-tried = 去电 { $count } 次，无人接听
person-needs-help = 需要帮助（{ $when } 起）
person-taken = { $name } 正在处理
and-more = 另有 { $count } 项
and-more-people = 另外 { $count } 人

## 统计

tally-title = 已回答：{ $done } / { $count } 人
tally-title-closed = 平安确认已结束。已回答：{ $done } / { $count } 人
tally-title-cancelled = 平安确认已取消
tally-sending = 还有 { $count } 条询问待发出，约需{ $span }。
tally-launching = 发送中：{ $done } / { $count } 人
tally-help = 需要帮助
tally-missing = 尚未回答
tally-held = 尚未询问
tally-safe = 平安
tally-unaffected = 未受影响
tally-relative = 家属表示平安
tally-unreached = 有 { $count } 人完全联系不上，请派人查看。
tally-in-need = { $count } 人需要帮助
tally-silent = { $count } 人尚未回答
tally-sites = 按地点
tally-teams = 按部门
tally-no-site = 未填地点
tally-no-team = 未填部门
tally-row-help = { $count } 人需要帮助
tally-row-missing = { $all } 人中 { $count } 人未回答
tally-row-held = { $count } 人尚未询问
tally-row-done = { $count } 人都已回答
button-allclear = 解除警报并结束
button-calloff = 取消（误发）

## 有人需要帮助

cry-title = { $name } 需要帮助
cry-hint = 您在哪里？发生了什么？
cry-noted = 已转告接到通知的人。
cry-title-over = { $name } 已不需要帮助
cry-title-cancelled = 已取消：{ $name }
cry-ask = 您能处理吗？在有人接手之前会持续通知。
cry-drill = 这是演练，请按真实情况的做法处理。
cry-said-by = { $when } 由 { $name } 告知

## 通知

page-taken = 由您负责，其他人都能看到。
page-yours = 您正在处理。
page-already-taken = 已经有其他人在处理。
page-over = 这件事已经结束，您不需要做任何事。
page-told = 已通知：{ $names }

## 平安确认结束，通知所有人

allclear-title = 警报解除
allclear-title-drill = 演练结束
allclear-thanks = 平安确认已结束，谢谢您的回答。
allclear-thanks-drill = 谢谢您参加演练。
cancelled-title = 请忽略刚才的平安确认
cancelled-note = 那是误发的消息，您不需要做任何事。给您带来惊扰，非常抱歉。
cancelled-note-drill = 演练已取消，您不需要做任何事。

## 事件

incident-title = { $kind }：{ $place }
incident-waiting = 还没有人接手。您能处理吗？
incident-mine-sent = 已通知 { $count } 人，还没有人接手，会持续通知。
incident-taken = { $name } 从 { $when } 起处理中。
incident-ended-closed = 已关闭：{ $name } { $when }
incident-ended-dismissed = 判定无需处理：{ $name } { $when }
incident-reason = { $what }　{ $reason }
incident-hurt-someone = 有人受伤。
incident-hurt-unknown = 不清楚是否有人受伤。
incident-hurt-nobody = 无人受伤。
state-reported = 无人接手
state-taken = 处理中
severity-routine = 一般
severity-serious = 严重
severity-critical = 紧急

incident-sent = 已发送，正在通知负责人员。
incident-sent-nobody = 已记录，但没有设置接收报告的人。请立即打电话通知。
incident-is-over = 这件事已关闭，无法再更改。
incident-updated = 已补充，所有处理人员都能看到。
incident-noted = 已记入处理过程。
incident-closed = 已关闭，会告知报告人。
incident-dismissed = 已列为无需处理，会告知报告人。
photo-added = 已添加照片。

button-take = 我来处理
button-note = 添加备注
button-rollcall = 发起平安确认
button-close = 关闭事件
button-dismiss = 无需处理
button-everything = 显示全部
button-show = 打开

## 处理过程

everything-part = 第 { $first } 部分，共 { $all } 部分
everything-next = 下一部分
everything-first = 从头开始
timeline-title = 处理过程
timeline-line = { $when } { $name }：{ $text }
timeline-nobody = Renraku
note-reported = 报告
note-taken = 接手处理
note-taker-left = 已离职，正在通知其他人
note-closed = 关闭
note-dismissed = 判定无需处理
note-photo = 添加照片
note-rollcall = 发起平安确认
note-edited = 修改了之前的内容
note-deleted = 撤回了之前的内容
note-with-words = { $what }　{ $text }

## 告知报告人

told-taken = { $name } 已接手您的报告。
told-taker-left = { $name } 无法继续处理您的报告，正在通知其他人。
told-closed = { $name } 已处理完毕并关闭您的报告。
told-dismissed = { $name } 已看过您的报告，判定无需处理。
told-about = 您的报告：{ $incident }

## 栏目名称

fact-who = 对象
fact-people = 人数
fact-how = 方式
fact-channels = 联系渠道
fact-duration = 发送时间
fact-place = 位置
fact-site = 地点
fact-team = 部门
fact-since = 求助时间
fact-said-by = 告知人
fact-severity = 严重程度
fact-reporter = 报告人
fact-time = 时间

## 表单：报告事件

ask-incident-kind = 发生了什么事？
ask-incident-place = 在哪里？
ask-incident-hurt = 有人受伤吗？
ask-incident-details = 还有什么要让处理人员知道？
ask-incident-photo = 能发一张照片吗？请先确保自身安全。
option-incident-hurt-nobody = 没有
option-incident-hurt-nobody-words = 没有|无|没|没人|没有人|无人受伤|没有人受伤|否
option-incident-hurt-someone = 有人受伤
option-incident-hurt-someone-words = 有|有人|有人受伤|是|我受伤了|是我
option-incident-hurt-unknown = 不清楚
option-incident-hurt-unknown-words = 不清楚|不知道|不确定

## 表单：发起平安确认

ask-rollcall-drill = 是真实事件，还是演练？
option-rollcall-drill-real = 真实事件
option-rollcall-drill-real-words = 真实|真实事件|真的|紧急|不是演练
option-rollcall-drill-drill = 演练
option-rollcall-drill-drill-words = 演练|演习|测试
ask-rollcall-who = 要询问谁？
option-rollcall-who-everyone = 全体人员
option-rollcall-who-everyone-words = 全体|全体人员|所有人|全部|大家
option-rollcall-who-site = 地点 { $name }
option-rollcall-who-team = 部门 { $name }
option-rollcall-who-under = 我的 { $count } 名下属
option-rollcall-who-under-words = 我的下属|下属|我的人
option-rollcall-who-list = 指定人员
option-rollcall-who-list-words = 指定|指定人员|名单
ask-rollcall-people = 要询问哪些人？请输入工号，以空格或逗号分隔。
ask-rollcall-words = 消息要写什么？
option-rollcall-words-general = 请告诉我们您是否平安。
option-rollcall-words-earthquake = 发生地震，您平安吗？
option-rollcall-words-fire = 发生火灾，请离开建筑物。您平安吗？
option-rollcall-words-drill = 平安确认演练，请回答。
option-rollcall-words-incident = { $incident }。您平安吗？
ask-rollcall-mode = 要怎么询问？
option-rollcall-mode-broadcast = 同时询问所有人
option-rollcall-mode-broadcast-words = 同时|群发|同时询问
option-rollcall-mode-cascade = 联系树，逐级往下
option-rollcall-mode-cascade-words = 联系树|逐级|逐层
ask-rollcall-confirm = 要发送，请输入人数
ask-rollcall-start = 要开始演练吗？
option-rollcall-start-start = 开始演练
option-rollcall-start-start-words = 是|好|可以|发送
confirm-real = 这是真实事件，不是演练。
confirm-drill = 这是演练，每条消息都会标明。
confirm-channel = { $channel } { $count } 人
confirm-span = 约 { $span }
confirm-at-once = 立即完成
confirm-unreachable = 有 { $count } 人没有可用的联系方式，会请其上级打电话确认。
confirm-hint = 输入 { $count }
channel-web = 网页聊天
channel-console = 终端
channel-phone = 手机
channel-slack = Slack
channel-telegram = Telegram

## 其他表单

ask-note-which = 是关于哪个事件？
ask-note-text = 要记录什么？
ask-close-reason = 做了哪些处理？报告人会看到。
ask-dismiss-reason = 为什么无需处理？报告人会看到。
ask-allclear-words = 解除通知要补充什么吗？
ask-calloff-words = 更正通知要补充什么吗？

## 所有表单

form-progress = { $done } / { $all }
form-progress-unsent = { $done } / { $all }，答完即发送
form-about = 关于：{ $what }
form-sent-more = 报告已发送。以下为补充，可以跳过。
form-done = 这样就完成了，谢谢。
form-skipped = 已跳过
form-own-words = 请点选，或自行输入
form-type-name = 请点选，或输入名称
form-more-options = 还有 { $count } 项，请输入名称。
page-next = 下一步
page-send = 发送
page-send-real = 立即发送
button-back = 上一步
button-cancel = 取消
button-skip = 跳过
button-change = 更改
button-resume-incident = 继续填写报告
button-resume-rollcall = 继续准备平安确认
button-resume-note = 继续写备注
button-resume-close = 继续关闭事件
button-resume-dismiss = 继续处理这个事件
button-resume-allclear = 继续发送解除通知
button-resume-calloff = 继续取消平安确认
draft-cancelled = 已取消，没有发送任何内容。
draft-finished = 好的，已发送的内容会保留。
draft-resumed = 您之前填到一半，从这里继续。
draft-nudge = 您填到一半，还没有发送。要继续吗？
draft-gone = 这份表单已经关闭。
nothing-to-cancel = 目前没有填写中的内容。
problem-needed = 这一题必须回答。
problem-number = 请输入数字。
problem-photo = 请发照片，或跳过。
problem-too-long = 太长了，请缩短到 { $limit } 个字以内。
problem-choice = 请点选按钮，或输入按钮的编号。
count-wrong = 人数是 { $expected }，请再输入一次。
nobody-in-scope = 这个范围没有人，请重新选择。
unknown-people = 找不到：{ $keys }。请确认后重新输入所有编号。

## 事件种类，以及会开始报告的词。
## 这些词会在句子里搜索，所以不能收录平常无害的词。

kind-fire = 火灾
kind-fire-words = 着火|失火|火灾|起火|冒烟|浓烟|爆炸|煤气泄漏|燃气泄漏|煤气味|烧起来
kind-earthquake = 地震
kind-earthquake-words = 地震|余震|海啸
kind-typhoon = 台风或暴风雨
kind-typhoon-words = 台风|暴风雨|龙卷风
kind-flood = 水浸或洪水
kind-flood-words = 淹水|水灾|洪水|漏水|积水|内涝|被淹|泥石流|山体滑坡
kind-injury = 受伤或急病
kind-injury-words = 受伤|流血|骨折|昏倒|晕倒|失去意识|昏迷|摔倒|跌倒|急病|心脏病发|救护车|身体不适
kind-intrusion = 闯入或威胁
kind-intrusion-words = 闯入|入侵者|可疑人员|可疑人物|可疑包裹|小偷|盗窃|被盗|被偷|抢劫|持刀|武器|炸弹|恐吓|威胁
kind-data_leak = 数据泄露
kind-data_leak-words = 数据泄露|数据泄漏|信息泄露|信息泄漏|泄密|黑客|勒索软件|勒索病毒|钓鱼邮件|可疑邮件|电脑中毒|恶意软件
kind-misdirected = 发错对象
kind-misdirected-words = 发错|寄错|误发|误寄|传错
kind-lost_device = 手机或电脑丢失
kind-lost_device-words = 手机丢失|手机丢了|手机不见|丢了手机|丢失手机|笔记本丢失|笔记本丢了|丢失笔记本|电脑丢失|电脑丢了|丢失电脑|平板丢失|平板丢了|优盘丢失|U盘丢失|U盘丢了
kind-lost_badge = 工牌或钥匙丢失
kind-lost_badge-words = 工牌丢失|工牌丢了|工牌不见|丢失工牌|丢了工牌|门禁卡丢失|门禁卡丢了|丢失门禁卡|丢了门禁卡|钥匙丢失|钥匙丢了|丢失钥匙|丢了钥匙
kind-equipment = 设备故障
kind-equipment-words = 故障|坏掉|坏了|损坏|无法使用|不能用
kind-outage = 停电或系统中断
kind-outage-words = 停电|断电|跳闸|停水|断网|网络中断|网络不通|宕机|死机|系统中断|系统异常|服务器中断
kind-mistake = 工作差错
kind-mistake-words = 工作差错|差错|操作失误|操作错误|输入错误|金额错误|发错货|未遂事件
kind-public_health = 公共卫生
kind-public_health-words = 确诊|传染病|聚集性感染|疫情|食物中毒|流感|诺如病毒|新冠|阳性
kind-supplier = 供应商问题
kind-supplier-words = 供应商|缺料|断料|缺货|未到货|延迟交货|断供
kind-reputation = 媒体或声誉
kind-reputation-words = 记者|媒体来访|负面新闻|负面报道|谣言|曝光|舆情
kind-other = 其他
kind-other-words = 紧急情况|紧急事件|出事了|意外|事故|异常情况

## 命令（整行输入）

command-report-words = 报告|上报|我要报告|我要上报|报告事件
command-rollcall-words = 平安确认|发起平安确认|安全点名|点名
command-help-words = 帮助|说明|使用说明|怎么用|怎么使用
command-status-words = 状态|状况|进度|待办|目前情况
command-cancel-words = 取消|停止|算了|不用了
command-back-words = 返回|上一步|回上一步
command-skip-words = 跳过|略过
command-menu-words = 菜单|主菜单|你好|您好|嗨
command-unlink-words = 解除关联|取消登记|退订
command-note-words = 备注|添加备注|笔记

## 菜单、帮助、现状

menu-title = 需要什么？
menu-report = 报告事件
menu-rollcall = 发起平安确认
menu-status = 目前情况
menu-status-count = 有 { $count } 件事等您处理
menu-help = 帮助
help-title = 使用方法
help-body = { $organisation }用 Renraku 报告事件、确认大家平安。
help-report = 要报告，请点“报告事件”，或直接写下发生的事，例如“B 楼着火了”。系统会立即通知负责人员。
help-answer = 收到“您平安吗？”时，请点选回答，或输入“我平安”“我需要帮助”。可以随时更改。
help-rollcall = 您可以发起平安确认：询问您选的人是否平安，并看到谁还没有回答。
help-words = 随时可以输入：报告、状态、帮助、取消、返回。
help-privacy = 您在这里写的内容会交给处理人员，并留有记录。
status-title = 目前情况
nothing-waiting = 没有等您处理的事。
status-worklist = 有 { $count } 人等您打电话
status-rollcall = { $when } 起进行平安确认
status-drill = 演练：{ $words }
duty-title = 值班人员
duty-desk = 安全小组：{ $names }
duty-nobody = 目前没有人在安全小组值班。
duty-above = 您的事会先联系：{ $names }
said-title = 您输入的内容
photo-alt = 照片

## 意外情况的回复

remark-noted = 已收到，负责联系您的人看得到。
remark-unanswered = 已收到。但您还没有回答：您平安吗？
remark-title = { $name } 的留言
checkin-remark = 您的留言（{ $when }）：“{ $text }”
person-wrote = 本人留言（{ $when }）：“{ $text }”
not-understood = 我没看懂这句话。要报告，请写下发生的事；需要帮助，请输入“帮助”。
unknown-person = 这个联系方式没有登记。请向您的单位索取个人链接或代码。如有危险，请拨打紧急电话。
not-allowed = 您无法在这里进行这项操作。如有急事，请打电话给负责人。
button-gone = 这个按钮已失效。请使用最新的消息，或输入“菜单”。
sent-to-you = 已发送给您，请查看您的消息。
something-broke = 没有成功。问题已记录（{ $ref }）。请再试一次；如有急事，请打电话。
too-fast = 操作太快了。请稍等一下再试。
text-cut = 内容太长，只保留了前 { $limit } 个字。
photo-not-expected = 没有与这张照片相关的报告。请先报告，再发照片。
photo-after-sending = 请先回答这几个问题，之后就能发照片。
place-not-expected = 没有与这个位置相关的报告。请先报告，再发位置。
edit-unsent = 仍保留您最初写的内容。要更正，请点问题上的“更改”，或重新输入。
just-now = 刚刚

## 网页聊天

page-title = Renraku
send = 发送
send-photo = 发照片
type-here = 在这里输入
offline = 连接已断开。您发送的内容会在恢复后送达。
reconnecting = 连接中…
link-bad = 这个链接无法使用。请向您的单位索取新链接。
link-expired = 这个链接已过期。请向您的单位索取新链接。
photo-too-big = 照片太大，上限为 { $limit } MB。
photo-not-a-picture = 这不是可以读取的图片。请发 JPEG 或 PNG。
could-not-save = 无法保存，请再试一次；如有急事，请打电话。
web-not-understood = 无法读取网页发来的内容。请刷新后再试。
web-skip = 跳到输入栏
web-messages = 消息
web-older = 较早的消息
web-newest = 最新消息
web-new = 新消息
web-empty = 这里还没有消息。请写下发生的事，或输入“菜单”。
web-look = 查看新消息
web-remove-photo = 移除
web-place = 发送我的位置
web-place-refused = 手机没有提供位置，请用文字说明。
web-sending = 发送中…
web-waiting = 尚未发出，等待连接
web-sent = 已发送
web-failed = 没有发出，点此重试
web-no-answer = 没有响应，请再试一次；如有急事，请打电话。
web-again = 再试一次
web-crowded = 这个聊天打开的窗口太多，本窗口只会偶尔更新。
web-too-long = 内容太长，请分次发送。
web-elsewhere = 这是从其他网页发来的，未被接受。请直接使用聊天页面。

## 终端聊天

console-you = 您的身份是 { $name }。您在这里写的内容会以这个名字记录。
console-how = 请输入回答或按钮的编号。/photo 文件名 发送照片，/help 显示说明，/quit 离开。
console-moved = 刚才出现了新内容，请确认后再输入编号。
console-no-file = 无法读取这个文件。

## 监看程序给管理员

alarm-lost = 有 { $count } 个问题没有再次询问的时间。请运行“renraku check”。
alarm-overdue = 有 { $count } 个问题几分钟前就该再次询问。请运行“renraku check”。
alarm-outbox = 有 { $count } 条消息发不出去。请运行“renraku check”。
alarm-channel = { $channel } 已无法连接。有其他联系方式的人会改由那里询问。请运行“renraku check”。
alarm-room = 无法在 { $channel } 的频道或群组发布。那里没有人被询问，改为逐一询问每个人。请运行“renraku check”。
alarm-untaken = 有 { $count } 件报告或求助无人接手。请立即查看。
alarm-left = 有 { $count } 件报告或求助仍由已离职的人负责。请立即查看。
alarm-claimed = 有 { $count } 条消息发送到一半就停住了。请运行“renraku check”。
alarm-stranded = 联系树中有 { $count } 人尚未被询问，也不会再有人询问。请打电话确认。

## Showing who one is: one-time codes, addresses nobody knows

link-welcome = 登记完成。以后 { $organisation } 会通过这里联系您。
link-already = 这个账号已经登记，一切正常。
link-taken = 这个账号已登记给别人。请先在那边输入“解除关联”。
link-ended = 已解除关联，以后不会再发消息到这里。如需恢复，请向您的单位索取代码。
link-kept = 好的，保持不变。
link-none = 这里没有可解除的账号。
link-end-title = 要解除这个 { $channel } 账号的关联吗？
link-end-body = 以后即使发生紧急事件，这里也不会收到询问或警报。
button-unlink = 解除关联
button-keep = 保留
slip-telegram = 请用手机相机扫描，再点“开始”。以后 { $organisation } 只会在紧急事件、平安确认和演练时通过 Telegram 联系您。
slip-slack = 请在 Slack 将此代码发给 Renraku 应用。以后 { $organisation } 只会在紧急事件、平安确认和演练时在那里联系您。
slip-until = 有效期至 { $when }（{ $zone }），仅限本人使用一次。
code-wrong = 这个代码无效。请再核对，或向您的单位索取新代码。
code-used = 这个代码已经用过。请向您的单位索取新代码。
code-expired = 这个代码已过期。请向您的单位索取新代码。


## One post for a whole room (a channel, a group)

room-how = 请点选您自己的回答。只有负责人能看到谁回答了什么。
room-answered = { $all } 人中已有 { $done } 人回答。
room-not-asked = 您不在这次平安确认的名单中。如需帮助，请直接给我发消息。


## Telegram

telegram-place-hint = 也可以点下面的按钮，分享您所在的位置。
telegram-not-read = 这里只能读文字、照片和位置。请用文字写下来。
telegram-photo-lost = 没有收到您的照片，请再发一次。
telegram-not-recorded = 您发送的内容现在无法记录，我们会继续尝试。如有急事，请打电话。


## Slack

slack-cut = 这里无法显示全部内容。
slack-own-words = 或用您自己的话说
slack-type-name = 或输入名称
slack-photo-lost = 照片没有送达。请再发一次。
slack-answered-directly = 已在私信中回复您。


## 电子邮件与电话

tap-not-yet = 您还没有回答。只打开这个页面不算回答，请点一下按钮。
tap-line = 有事要报告吗？请写下发生了什么事、在哪里。
tap-for = 这个页面只供 { $name } 使用。如果不是您本人，请关闭。
tap-gone = 这里已经没有需要回答的事了。
mail-open = 打开并回答
mail-open-note = 打开后点一下就是回答，不需要密码。请不要把这个链接转给别人。
mail-no-reply = 回复这封邮件不会有人看到。
channel-email = 电子邮件
delivery-title = 各渠道
delivery-queued = 等待发送 { $count }
delivery-handed = 已发送 { $count }
delivery-delivered = 已送达 { $count }
delivery-seen = 已打开 { $count }
delivery-answered = 已回答 { $count }
delivery-failed = 失败 { $count }
sms-reply = 回复 1:平安 2:需要帮助
voice-answer = 请用消息回答，或打电话给您的主管。
channel-sms = 短信
channel-voice = 电话
channel-push = 推送
fact-cost = 费用
confirm-cost = 每人发送一次约 { $amount }


## 打电话的人

still-title = 我们没有忘记您
still-title-drill = 演练结束
still-open = 平安确认已结束，但您的求助仍在处理，不会中断。
button-end-allclear = 不补充，直接解除
button-end-calloff = 不补充，直接取消
form-sent-please = 报告已发送。这项信息能帮助赶来的人。
incident-sent-as-is = 已将您目前的内容发送，之后仍可补充。
button-mistake = 这是误报
sure-mistake = 要撤回这条报告吗？
sure-mistake-how = 会通知已被呼叫的人这是误报。
sure-mistake-yes = 是，这是误报
sure-mistake-no = 不，是真的
incident-kept = 好的。报告不变，会持续呼叫。
incident-taken-back = 已撤回，会通知已被呼叫的人。
incident-mistake = { $name } 表示是误报，{ $when }
note-mistake = 表示是误报并撤回
note-urgent = 求助
sure-safe = { $name } 确定平安了吗？
sure-safe-how = 确认后就不再为 { $name } 呼叫任何人。
sure-safe-yes = 是，平安
sure-safe-no = 还没有
cry-goes-on = 好的，求助仍继续。
cry-undo = 仍需要帮助
person-unreached = 完全联系不上
confirm-by-page = { $count } 人只能通过网页联系：打开网页时才会看到询问。
alarm-channel-over = { $channel } 已恢复，等待中的消息正在发送。
alarm-database-over = 数据库在约{ $span }后恢复。这段期间被拒绝的内容没有记录，已告知发送者。
slip-find = 或在 Telegram 搜索 { $bot }，把下方代码发给它。
for-relative = 家属表示平安
for-wrong = 号码错误
for-unaffected = 未受影响
recorded-for-relative = 已记录：家属表示平安。
recorded-for-wrong = 已记录：号码错误，不再显示这个号码。
checkin-recorded-for-relative = { $when } { $name } 代您回答：家属表示您平安。
handout-title = 请给 { $count } 人打电话
handout-hint = 请点选每通电话的结果。若 { $span }内没有记录，会改请其他人联系。
handout-done = 这里没有要联系的人了，谢谢。
person-asked-by = 已询问：{ $ways }
person-called-by = { $name } 正在联系
onecall-title = 打给 { $name } 的结果是？
button-correct = 更正
call-elsewhere = 现在由其他人联系。
call-not-in-hand = 此人已不在您的联系名单上，没有记录任何内容。
command-shownumber-words = 让主管看我的号码|显示我的号码
command-hidenumber-words = 隐藏我的号码|不要显示我的号码
number-shown = 联系不上您时，主管或其代理人可以看到您的号码以便致电。取消请输入“隐藏我的号码”。
number-hidden = 不会向任何人显示您的号码。
number-none = 这里没有您的电话号码。

## Board

command-board-words = 看板|仪表板|管理看板
menu-board = 打开看板
board-open = 打开看板
board-link-how = 用这个链接登录看板。仅限您本人使用一次，{ $when }前有效。请勿转给他人。
board-link-used = 这个链接已经用过。需要时请再要一个新的。
board-link-expired = 这个链接已经过期。需要时请再要一个新的。
button-board-again = 获取新链接
board-title = 看板
board-signin-title = 登录看板
board-signin-how = 这个链接是为您生成的。请点按按钮，在这台设备上登录。
board-signin-do = 登录
board-signin-bad = 这个链接已无法使用。请发送“看板”给 Renraku，就会收到新的链接。
board-signed-out = 您尚未登录。请发送“看板”给 Renraku，就会收到链接。
board-signout = 退出登录
board-signout-everywhere = 退出所有设备
board-not-yours = 您无权查看，或此页不存在。如有急事，请致电负责人。
board-elsewhere = 这是从其他网页发来的，未予接受。请直接在看板上操作。
board-skip = 跳到内容
board-nav = 页面
board-nav-now = 现况
board-nav-incidents = 事件
board-nav-people = 人员
board-nav-tree = 联络网
board-nav-ready = 准备情况
board-real = 真实事件
board-running = 已进行 { $span }
board-ended = 已结束
board-no-rollcall = 目前没有进行中的点名。
board-open-incidents = 未结束的事件
board-ended-lately = 先前的点名
board-list-title = 名单
board-all-groups = 显示所有人
board-nobody-missing = 所有人都已回报。
board-nobody-here = 这份名单上没有人。
board-next = 下一页
board-look-again = 刷新
board-actions = 操作
button-message = 发消息给一群人
button-prolong = 延长接受迟来的回复
board-heads = 清点人数
board-print = 打印
board-export-excel = Excel 文件
board-export-csv = CSV 文件
board-said-by = 由{ $name }代答
board-away = 不在
board-curve = 回复进度
board-curve-alt = { $span }内，{ $count } 人中有 { $done } 人已回复。
board-curve-not-yet = 尚未
board-delivery = 发送情况
board-queued = 等待中
board-handed = 已送出
board-remaining = 约 { $span } 后全部送完。
board-failed = 有 { $count } 人完全无法送达。
board-callers = 正在打电话的人
board-callers-open = 还剩 { $count } 人
board-callers-done = 已确认 { $count } 人
board-callers-last = 最近 { $when }
board-callers-never = 尚无记录
board-spots = 分享的位置
board-changes = 操作记录
board-did-launched = 发起点名
board-did-closed = 宣布解除
board-did-cancelled = 取消点名
board-did-messaged = 发消息给一群人
board-did-prolonged = 延长接受迟来的回复
board-did-visitor = 登记一名访客
board-did-cried = 表示：我需要帮助
board-did-taken = 接手处理{ $name }
board-did-answered-safe = 记录{ $name }：平安
board-did-answered-help = 记录{ $name }：需要帮助
board-did-answered-unaffected = 记录{ $name }：未受影响
board-did-answered-relative = 记录{ $name }：家属表示平安
board-did-tried = 致电{ $name }：无人接听
board-did-retracted = 取消{ $name }的记录
board-did-handed = 受托致电{ $count }人
board-state-reported = 尚无人处理
board-state-taken = 处理中
board-state-closed = 已结案
board-state-dismissed = 无需处理
board-samples = 查看各语言的消息
board-sure = 所有人都会收到“这是误发”的通知。要取消，请输入 { $count }。
message-title = 关于点名的消息
rollcall-messaged = 消息正在发出。
rollcall-prolonged = 已延长接受迟来的回复。
rollcall-not-over = 点名仍在进行，本来就接受回复。
visitor-noted = 已登记。
note-visitor = 登记访客
ask-message-group = 要发给谁？
option-message-group-silent = 尚未回复的人
option-message-group-help = 需要帮助的人
option-message-group-safe = 平安或未受影响的人
option-message-group-everyone = 所有被询问的人
ask-message-text = 要说什么？
ask-prolong-time = 延长多久？
option-prolong-time-day = 一天
option-prolong-time-week = 一周
option-prolong-time-month = 30 天
ask-visitor-name = 是谁？
ask-visitor-site = 在哪个地点？
button-visitor = 加入访客
button-resume-message = 继续写消息
button-resume-prolong = 继续延长
button-resume-visitor = 继续加入访客
board-no-incidents = 没有可显示的事件。
board-search = 姓名、地点、部门或员工编号
board-search-do = 搜索
board-no-way = 无法联系
board-unproven-ways = { $count } 种联系方式，尚未验证
board-proven-ways = { $count } 种已验证的联系方式
board-proven-at = 最近验证：{ $when }
board-role-safety = 安全负责人
board-role-admin = 管理员
board-role-responder = 应急人员
board-lead = 主管：{ $name }
board-deputy = 代理人：{ $name }
board-no-deputy = 没有代理人
board-below = 下属 { $count } 人
board-directly-below = 直属人员
board-top = 最上层
board-staff = 名册上有 { $count } 人
board-gap-unreachable = 无法联系
board-gap-unreachable-why = 没有任何可用的联系方式。紧急时只能由主管亲自寻找。
board-gap-unproven = 从未验证
board-gap-unproven-why = 有联系方式，但从未有过回应。演练可以验证。
board-gap-leadless = 没有主管
board-gap-leadless-why = 他们没有回应时，没有人可以代为确认。
board-gap-deputyless = 没有代理人的主管
board-gap-deputyless-why = 他们不在时，会直接联系更上一层。
board-gap-none = 无，一切正常。
board-printed = 截至 { $when }
board-print-cut = 这里只有前 { $count } 条，完整名单请下载文件。
board-key = 员工编号
board-name = 姓名
board-answer = 回复
board-answered-at = 回复时间
board-answered-by = 代答人
board-asked = 询问次数
board-called = 未接电话次数
board-all-sites = 所有地点
board-visitors = 访客
board-delivered = 已送达
board-opened = 已打开
board-refused = 失败
board-callers-hand = 手上有 { $count } 人
board-did-wrong = 致电{ $name }：号码错误
board-seen-here = 现场已见到
board-answered-unseen = 已回报平安，现场未见到
recorded-seen = 已记录：现场已见到。
recorded-seen-help = 已记录：现场已见到。此人曾求助，求助仍在进行。
undone-seen = 已取消：现场未见到。
seen-not-yours = 这是其他人勾选的，您无法取消。
board-did-seen = 清点时见到{ $name }
board-did-unseen = 取消清点时对{ $name }的勾选
board-list-of = 名单时间：{ $when }
form-optional = 可不填
board-begun = 您于{ $when }开始填写，尚未发送。
board-go-on = 继续填写
board-begin-anew = 重新开始
board-sent-already = 这份表单已发送，以下是后续情况。
board-nav-settings = 设置
board-settings-how = 仅供查看。请在配置文件或环境变量中修改，然后重新启动 Renraku。
board-settings-checks = 需要留意的事项
board-settings-look = 请留意
board-settings-bad = 需要处理
board-settings-well = 无，一切正常。
board-settings-looked = 已检查且正常：{ $count }
board-settings-changed = 已设置：{ $count }
board-settings-set = 已设置
board-settings-not-set = 未设置
board-settings-from-default = 默认值
board-settings-from-file = 来自配置文件
board-settings-from-environment = 来自环境变量
board-settings-from-option = 启动时指定
board-settings-database = 数据库
board-settings-servers = 运行中的服务器
board-settings-imported = 员工名单导入
board-settings-never = 没有记录
board-settings-backup = 请将数据库与主密钥的备份分别保存在两个不同的地方。没有密钥，联系方式将无法再读取。
board-settings-languages = 语言
board-settings-working = 有效的联系方式：{ $count }
board-settings-failing = 失效：{ $count }
board-settings-queued = 等待发送：{ $count }
board-settings-rate = 每秒：{ $rate }
board-settings-open = 使用中
board-settings-closed = 无法使用
board-settings-blocked = 平台要求等到 { $when }
board-find-number = 用姓名查员工编号
board-find-more = 还有其他人，请输入更完整的姓名。
board-seen-at = 现场见到时间
board-seen-by = 见到者
board-time-zone = 时区
board-kind = 真实事件或演练
board-event = 通知内容
board-rollcall-id = 平安确认编号
board-started-at = 开始时间
board-ended-at = 结束时间
