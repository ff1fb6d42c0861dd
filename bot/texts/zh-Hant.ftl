### Renraku 繁體中文（臺灣用語）。
###
### 緊急時用手機單手閱讀：短、白話、不責怪任何人。
### 以 -words 結尾的鍵，是使用者會輸入的詞，以 | 分隔。

## 「您平安嗎？」的回答：按鈕與輸入

answer-safe = 我平安
answer-safe-words = 平安|我平安|我很平安|平安無事|報平安|我沒事|沒事|我很好|安全|我安全|我很安全|沒受傷|我沒受傷|我們都平安
answer-help = 我需要協助
answer-help-words = 需要協助|我需要協助|需要幫助|我需要幫助|需要幫忙|我需要幫忙|救命|救我|幫幫我|求救|受傷了|我受傷了|受困|我受困|我被困|我被困住了|不安全|我不安全
cry-words = 需要協助|需要幫助|需要幫忙|需要救援|救命|救我|救救|幫幫我|求救|受傷|受困|被困|流血|動不了|不能動|出不去|出不來|無法呼吸|昏迷|骨折
cry-not-words = 不|沒|無|未|別
answer-unaffected = 未受影響
answer-unaffected-words = 未受影響|我未受影響|沒有影響|沒有受影響|我沒受影響|不受影響|不在現場|我不在現場

## 代替他人回報：按鈕

for-safe = 平安（電話確認）
for-help = 需要協助
for-tried = 無人接聽
for-now-safe = 現已平安

## 平安回報：詢問本人

badge-drill = 演練
drill-note = 這是演練，沒有發生任何事故。請比照真實情況回答。
checkin-title = 您平安嗎？
checkin-reminder = 還沒有收到您的回報（第 { $count } 次提醒），請回答。
checkin-recorded-safe = { $when } 已記錄：您平安。謝謝。
checkin-recorded-help = { $when } 已記錄：您需要協助。
checkin-recorded-unaffected = { $when } 已記錄：您未受影響。謝謝。
checkin-recorded-for-safe = { $when } { $name } 代您回報：平安。
checkin-recorded-for-help = { $when } { $name } 代您回報：需要協助。
checkin-recorded-for-unaffected = { $when } { $name } 代您回報：未受影響。
checkin-told = 已通知：{ $names }。在有人接手之前會持續通知。
checkin-told-nobody = 系統沒有可以通知的人，請直接打電話求助。
checkin-taken = { $name } 正在處理。
checkin-taker-left = { $name } 無法前來，正在通知其他人。
checkin-danger = 如有生命危險，請立即撥打緊急電話（消防、救護、警察）。
checkin-danger-drill = 這是演練。如果真的需要協助，請立即撥打緊急電話。
checkin-change = 您可以隨時更改回答。
checkin-late = 平安回報已結束，現在仍可回答。
checkin-over = 平安回報已結束，您不需要做任何事。
checkin-cancelled-title = 已取消：不需回答
checkin-cancelled = 這是誤發的訊息，您不需要做任何事。

## 平安回報本身

rollcall-from = 發送：{ $name }（{ $organisation }）{ $when }
rollcall-about = 事由：{ $words }
rollcall-ended = 結束：{ $name } { $when }
rollcall-launched = 已開始，正在詢問 { $count } 人。
rollcall-closed = 平安回報已結束，所有人都會收到解除通知。
rollcall-cancelled = 已取消，所有人都會收到更正通知。
rollcall-already-over = 這次平安回報已經結束。
rollcall-was-cancelled = 這次平安回報已取消，不需回答。
rollcall-too-late = 這次平安回報已截止。如果需要協助，請打電話。
scope-everyone = { $organisation } 全體人員
scope-site = 地點：{ $names }
scope-team = 部門：{ $names }
scope-under = { $name } 底下的所有人
scope-list = 指定的 { $count } 人

## 記錄後的回覆

recorded-safe = 已記錄：您平安。謝謝。
recorded-help = 已記錄：您需要協助。正在通知負責人員。
recorded-unaffected = 已記錄：您未受影響。謝謝。
recorded-for-safe = 已記錄：平安。
recorded-for-help = 已記錄：需要協助。正在通知負責人員。
recorded-for-unaffected = 已記錄：未受影響。
recorded-for-tried = 已記錄：聯絡過，無人接聽。
already-answered = 對方已經回答了。
undone = 已取消，恢復為尚未回答。
undo-not-yours = 這是本人或其他人的回覆，您無法取消。

## 主管的聯絡名單

worklist-title = 尚待聯絡：{ $all } 人中的 { $count } 人
worklist-hint = 請打電話，再點選您得知的情況。
worklist-in-hand = 另有 { $count } 人在您的另一張卡片上，請現在打電話。
worklist-range = 第 { $first } 至 { $last } 人，共 { $all } 人
worklist-next = 接下來 { $count } 人
worklist-first = 回到最前面
worklist-done = 完成：{ $count } 人都已確認
worklist-over = 平安回報已結束，不必再聯絡
worklist-cancelled = 平安回報已取消，不必再聯絡

## 名單上的一個人

person-asked = 已詢問 { $count } 次
person-page-closed = 對方的網頁尚未開啟
way-unopened = { $way }（未開啟）
person-unreachable = 訊息未送達
person-tried = 去電 { $count } 次，無人接聽
person-needs-help = 需要協助（{ $when } 起）
person-taken = { $name } 正在處理
and-more = 另有 { $count } 項
and-more-people = 另外 { $count } 人

## 統計

tally-title = 已回答：{ $done } / { $count } 人
tally-title-closed = 平安回報已結束。已回答：{ $done } / { $count } 人
tally-title-cancelled = 平安回報已取消
tally-sending = 還有 { $count } 則詢問待送出，約需{ $span }。
tally-launching = 發送中：{ $done } / { $count } 人
tally-help = 需要協助
tally-missing = 尚未回答
tally-held = 尚未詢問
tally-safe = 平安
tally-unaffected = 未受影響
tally-relative = 家屬表示平安
tally-unreached = 有 { $count } 人完全聯絡不上，請派人查看。
tally-in-need = { $count } 人需要協助
tally-silent = { $count } 人尚未回答
tally-sites = 依地點
tally-teams = 依部門
tally-no-site = 未填地點
tally-no-team = 未填部門
tally-row-help = { $count } 人需要協助
tally-row-missing = { $all } 人中 { $count } 人未回答
tally-row-held = { $count } 人尚未詢問
tally-row-done = { $count } 人都已回答
button-allclear = 解除警報並結束
button-calloff = 取消（誤發）

## 有人需要協助

cry-title = { $name } 需要協助
cry-hint = 您在哪裡？發生了什麼事？
cry-noted = 已轉告被通知的人。
cry-title-over = { $name } 已不需要協助
cry-title-cancelled = 已取消：{ $name }
cry-ask = 您能處理嗎？在有人接手之前會持續通知。
cry-drill = 這是演練，請比照真實情況處理。
cry-said-by = { $when } 由 { $name } 告知

## 通知

page-taken = 由您負責，其他人都看得到。
page-yours = 您正在處理。
page-already-taken = 已經有其他人在處理。
page-over = 這件事已經結束，您不需要做任何事。
page-told = 已通知：{ $names }

## 平安回報結束，通知所有人

allclear-title = 警報解除
allclear-title-drill = 演練結束
allclear-thanks = 平安回報已結束，謝謝您的回答。
allclear-thanks-drill = 謝謝您參加演練。
cancelled-title = 請忽略剛才的平安回報
cancelled-note = 那是誤發的訊息，您不需要做任何事。造成驚擾，非常抱歉。
cancelled-note-drill = 演練已取消，您不需要做任何事。

## 事件

incident-title = { $kind }：{ $place }
incident-waiting = 還沒有人接手。您能處理嗎？
incident-mine-sent = 已通知 { $count } 人，還沒有人接手，會持續通知。
incident-taken = { $name } 從 { $when } 起處理中。
incident-ended-closed = 已結案：{ $name } { $when }
incident-ended-dismissed = 判定不需處理：{ $name } { $when }
incident-reason = { $what }　{ $reason }
incident-hurt-someone = 有人受傷。
incident-hurt-unknown = 不確定是否有人受傷。
incident-hurt-nobody = 無人受傷。
state-reported = 尚無人接手
state-taken = 處理中
severity-routine = 一般
severity-serious = 嚴重
severity-critical = 緊急

incident-sent = 已送出，正在通知負責人員。
incident-sent-nobody = 已記錄，但沒有設定接收通報的人。請立即打電話通知。
incident-is-over = 這件事已結案，無法再更改。
incident-updated = 已補充，所有處理人員都看得到。
incident-noted = 已記入處理經過。
incident-closed = 已結案，會通知通報人。
incident-dismissed = 已列為不需處理，會通知通報人。
photo-added = 已加入照片。

button-take = 我來處理
button-note = 加備註
button-rollcall = 發起平安回報
button-close = 結案
button-dismiss = 不需處理
button-everything = 顯示全部
button-show = 開啟

## 處理經過

everything-part = 第 { $first } 部分，共 { $all } 部分
everything-next = 下一部分
everything-first = 從頭開始
timeline-title = 處理經過
timeline-line = { $when } { $name }：{ $text }
timeline-nobody = Renraku
note-reported = 通報
note-taken = 接手處理
note-taker-left = 已離職，正在通知其他人
note-closed = 結案
note-dismissed = 判定不需處理
note-photo = 加入照片
note-rollcall = 發起平安回報
note-edited = 修改了先前的內容
note-deleted = 收回了先前的內容
note-with-words = { $what }　{ $text }

## 告知通報人

told-taken = { $name } 已接手您的通報。
told-taker-left = { $name } 無法繼續處理您的通報，正在通知其他人。
told-closed = { $name } 已將您的通報結案。
told-dismissed = { $name } 已看過您的通報，判定不需處理。
told-about = 您的通報：{ $incident }

## 欄位名稱

fact-who = 對象
fact-people = 人數
fact-how = 方式
fact-channels = 聯絡管道
fact-duration = 發送時間
fact-place = 位置
fact-site = 地點
fact-team = 部門
fact-since = 求助時間
fact-said-by = 告知者
fact-severity = 嚴重程度
fact-reporter = 通報人
fact-time = 時間

## 表單：通報事件

ask-incident-kind = 發生什麼事？
ask-incident-place = 在哪裡？
ask-incident-hurt = 有人受傷嗎？
ask-incident-details = 還有什麼要讓處理人員知道？
ask-incident-photo = 能傳一張照片嗎？請先確認自身安全。
option-incident-hurt-nobody = 沒有
option-incident-hurt-nobody-words = 沒有|無|沒|沒人|沒有人|無人受傷|沒有人受傷|否
option-incident-hurt-someone = 有人受傷
option-incident-hurt-someone-words = 有|有人|有人受傷|是|我受傷了|是我
option-incident-hurt-unknown = 不清楚
option-incident-hurt-unknown-words = 不清楚|不知道|不確定

## 表單：發起平安回報

ask-rollcall-drill = 是真實事件，還是演練？
option-rollcall-drill-real = 真實事件
option-rollcall-drill-real-words = 真實|真實事件|真的|緊急|不是演練
option-rollcall-drill-drill = 演練
option-rollcall-drill-drill-words = 演練|演習|測試
ask-rollcall-who = 要詢問誰？
option-rollcall-who-everyone = 全體人員
option-rollcall-who-everyone-words = 全體|全體人員|所有人|全部|大家
option-rollcall-who-site = 地點 { $name }
option-rollcall-who-team = 部門 { $name }
option-rollcall-who-under = 我底下的 { $count } 人
option-rollcall-who-under-words = 我底下的人|我的下屬|下屬
option-rollcall-who-list = 指定人員
option-rollcall-who-list-words = 指定|指定人員|名單
ask-rollcall-people = 要詢問哪些人？請輸入員工編號，以空格或逗號分隔。
ask-rollcall-words = 訊息要寫什麼？
option-rollcall-words-general = 請告訴我們您是否平安。
option-rollcall-words-earthquake = 發生地震，您平安嗎？
option-rollcall-words-fire = 發生火災，請離開建築物。您平安嗎？
option-rollcall-words-drill = 平安回報演練，請回答。
option-rollcall-words-incident = { $incident }。您平安嗎？
ask-rollcall-mode = 要怎麼詢問？
option-rollcall-mode-broadcast = 同時詢問所有人
option-rollcall-mode-broadcast-words = 同時|一次發送|同時詢問
option-rollcall-mode-cascade = 聯絡樹，逐級往下
option-rollcall-mode-cascade-words = 聯絡樹|逐級|逐層
ask-rollcall-confirm = 要發送，請輸入人數
ask-rollcall-start = 要開始演練嗎？
option-rollcall-start-start = 開始演練
option-rollcall-start-start-words = 是|好|可以|發送
confirm-real = 這是真實事件，不是演練。
confirm-drill = 這是演練，每則訊息都會標明。
confirm-channel = { $channel } { $count } 人
confirm-span = 約 { $span }
confirm-at-once = 立即完成
confirm-unreachable = 有 { $count } 人沒有可用的聯絡方式，會請主管打電話確認。
confirm-hint = 輸入 { $count }
channel-web = 網頁聊天
channel-console = 終端機
channel-phone = 電話
channel-slack = Slack
channel-telegram = Telegram

## 其他表單

ask-note-which = 是關於哪個事件？
ask-note-text = 要記錄什麼？
ask-close-reason = 做了哪些處理？通報人會看到。
ask-dismiss-reason = 為什麼不需處理？通報人會看到。
ask-allclear-words = 解除通知要補充什麼嗎？
ask-calloff-words = 更正通知要補充什麼嗎？

## 所有表單

form-progress = { $done } / { $all }
form-progress-unsent = { $done } / { $all }，答完即送出
form-about = 關於：{ $what }
form-sent-more = 通報已送出。以下為補充，可以略過。
form-done = 這樣就完成了，謝謝。
form-skipped = 已略過
form-own-words = 請點選，或自行輸入
form-type-name = 請點選，或輸入名稱
form-more-options = 還有 { $count } 項，請輸入名稱。
page-next = 下一步
page-send = 送出
page-send-real = 立即送出
button-back = 上一步
button-cancel = 取消
button-skip = 略過
button-change = 更改
button-resume-incident = 繼續填寫通報
button-resume-rollcall = 繼續準備平安回報
button-resume-note = 繼續寫備註
button-resume-close = 繼續結案
button-resume-dismiss = 繼續處理這個事件
button-resume-allclear = 繼續發送解除通知
button-resume-calloff = 繼續取消平安回報
draft-cancelled = 已取消，沒有送出任何內容。
draft-finished = 好的，已送出的內容會保留。
draft-resumed = 您先前填到一半，從這裡繼續。
draft-nudge = 您填到一半，還沒有送出。要繼續嗎？
draft-gone = 這份表單已經關閉。
nothing-to-cancel = 目前沒有填寫中的內容。
problem-needed = 這一題必須回答。
problem-number = 請輸入數字。
problem-photo = 請傳照片，或略過。
problem-too-long = 太長了，請縮短到 { $limit } 個字以內。
problem-choice = 請點選按鈕，或輸入按鈕的編號。
count-wrong = 人數是 { $expected }，請再輸入一次。
nobody-in-scope = 這個範圍沒有人，請重新選擇。
unknown-people = 找不到：{ $keys }。請確認後重新輸入所有編號。

## 事件種類，以及會開始通報的詞。
## 這些詞會在句子裡搜尋，所以不能收錄平常無害的詞。

kind-fire = 火災
kind-fire-words = 失火|火災|起火|著火|冒煙|濃煙|爆炸|瓦斯外洩|瓦斯漏氣|瓦斯味|燒起來
kind-earthquake = 地震
kind-earthquake-words = 地震|餘震|海嘯
kind-typhoon = 颱風或暴風雨
kind-typhoon-words = 颱風|暴風雨|暴風|龍捲風
kind-flood = 淹水
kind-flood-words = 淹水|水災|洪水|漏水|積水|土石流
kind-injury = 受傷或急病
kind-injury-words = 受傷|流血|骨折|昏倒|暈倒|失去意識|昏迷|摔倒|跌倒|急病|心臟病發|救護車|身體不適
kind-intrusion = 闖入或威脅
kind-intrusion-words = 闖入|入侵者|可疑人物|可疑份子|可疑包裹|小偷|竊盜|遭竊|被偷|搶劫|持刀|武器|炸彈|恐嚇|威脅
kind-data_leak = 資料外洩
kind-data_leak-words = 資料外洩|個資外洩|資料洩漏|機密外洩|駭客|勒索軟體|釣魚郵件|釣魚信|可疑郵件|電腦中毒|惡意程式
kind-misdirected = 寄錯對象
kind-misdirected-words = 寄錯|傳錯|發錯|誤寄|誤傳
kind-lost_device = 手機或電腦遺失
kind-lost_device-words = 手機遺失|手機不見|手機掉了|遺失手機|弄丟手機|筆電遺失|筆電不見|遺失筆電|弄丟筆電|電腦遺失|遺失電腦|平板遺失|遺失平板|隨身碟遺失|遺失隨身碟
kind-lost_badge = 識別證或鑰匙遺失
kind-lost_badge-words = 識別證遺失|識別證不見|遺失識別證|弄丟識別證|門禁卡遺失|門禁卡不見|遺失門禁卡|弄丟門禁卡|鑰匙遺失|鑰匙不見|遺失鑰匙|弄丟鑰匙
kind-equipment = 設備故障
kind-equipment-words = 故障|壞掉|壞了|損壞|無法使用|不能用
kind-outage = 停電或系統中斷
kind-outage-words = 停電|斷電|跳電|停水|斷網|網路中斷|網路不通|當機|系統中斷|系統異常|伺服器中斷
kind-mistake = 作業疏失
kind-mistake-words = 作業疏失|疏失|操作錯誤|輸入錯誤|金額錯誤|出錯貨|虛驚事件
kind-public_health = 公共衛生
kind-public_health-words = 確診|傳染病|群聚感染|疫情|食物中毒|流感|諾羅病毒|新冠
kind-supplier = 供應商問題
kind-supplier-words = 供應商|缺料|斷料|缺貨|未到貨|延遲交貨
kind-reputation = 媒體或商譽
kind-reputation-words = 記者|媒體來訪|負面新聞|負面報導|謠言|爆料
kind-other = 其他
kind-other-words = 緊急狀況|緊急事件|出事了|意外|事故|異常狀況

## 指令（整行輸入）

command-report-words = 通報|報告|我要通報|我要報告|通報事件
command-rollcall-words = 平安回報|發起平安回報|安全點名|點名
command-help-words = 幫助|說明|使用說明|怎麼用|怎麼使用
command-status-words = 狀態|狀況|進度|待辦|目前狀況
command-cancel-words = 取消|停止|算了|不用了
command-back-words = 返回|上一步|回上一步
command-skip-words = 略過|跳過
command-menu-words = 選單|主選單|你好|您好|嗨
command-unlink-words = 解除連結|取消登記|退訂
command-note-words = 備註|加備註|筆記

## 選單、說明、現況

menu-title = 需要什麼？
menu-report = 通報事件
menu-rollcall = 發起平安回報
menu-status = 目前狀況
menu-status-count = 有 { $count } 件事等您處理
menu-help = 說明
help-title = 使用方式
help-body = { $organisation } 用 Renraku 通報事件、確認大家平安。
help-report = 要通報，請點「通報事件」，或直接寫下發生的事，例如「B 棟失火」。系統會立即通知負責人員。
help-answer = 收到「您平安嗎？」時，請點選回答，或輸入「我平安」「我需要協助」。可以隨時更改。
help-rollcall = 您可以發起平安回報：詢問您選的人是否平安，並看到誰還沒有回答。
help-words = 隨時可以輸入：通報、狀態、說明、取消、返回。
help-privacy = 您在這裡寫的內容會交給處理人員，並留下紀錄。
status-title = 目前狀況
nothing-waiting = 沒有等您處理的事。
status-worklist = 有 { $count } 人等您打電話
status-rollcall = { $when } 起進行平安回報
status-drill = 演練：{ $words }
duty-title = 值勤人員
duty-desk = 安全小組：{ $names }
duty-nobody = 目前沒有人在安全小組值勤。
duty-above = 您的事會先聯絡：{ $names }
said-title = 您輸入的內容
photo-alt = 照片

## 意外情況的回覆

remark-noted = 已收到，負責聯絡您的人看得到。
remark-unanswered = 已收到。但您還沒有回答：您平安嗎？
remark-title = { $name } 的留言
checkin-remark = 您的留言（{ $when }）：「{ $text }」
person-wrote = 本人留言（{ $when }）：「{ $text }」
not-understood = 我看不懂這句話。要通報，請寫下發生的事；需要說明，請輸入「說明」。
unknown-person = 這個聯絡方式沒有登記。請向您的單位索取個人連結或代碼。如有危險，請撥打緊急電話。
not-allowed = 您無法在這裡進行這項操作。如有急事，請打電話給負責人。
button-gone = 這個按鈕已失效。請使用最新的訊息，或輸入「選單」。
sent-to-you = 已傳送給您，請查看您的訊息。
something-broke = 沒有成功。問題已記錄（{ $ref }）。請再試一次；如有急事，請打電話。
too-fast = 操作太快了。請稍等一下再試。
text-cut = 內容太長，只保留了前 { $limit } 個字。
photo-not-expected = 沒有與這張照片相關的通報。請先通報，再傳照片。
photo-after-sending = 請先回答這幾個問題，之後就能傳照片。
place-not-expected = 沒有與這個位置相關的通報。請先通報，再傳位置。
edit-unsent = 仍保留您最初寫的內容。要更正，請點問題上的「更改」，或重新輸入。
just-now = 剛剛

## 網頁聊天

page-title = Renraku
send = 傳送
send-photo = 傳照片
type-here = 在這裡輸入
offline = 連線中斷。您傳送的內容會在恢復後送達。
reconnecting = 連線中…
link-bad = 這個連結無法使用。請向您的單位索取新連結。
link-expired = 這個連結已過期。請向您的單位索取新連結。
photo-too-big = 照片太大，上限為 { $limit } MB。
photo-not-a-picture = 這不是可以讀取的圖片。請傳 JPEG 或 PNG。
could-not-save = 無法儲存，請再試一次；如有急事，請打電話。
web-not-understood = 無法讀取網頁送來的內容。請重新整理後再試。
web-skip = 跳到輸入欄
web-messages = 訊息
web-older = 較早的訊息
web-newest = 最新訊息
web-new = 新訊息
web-empty = 這裡還沒有訊息。請寫下發生的事，或輸入「選單」。
web-look = 查看新訊息
web-remove-photo = 移除
web-place = 分享我的位置
web-place-refused = 手機沒有提供位置，請用文字說明。
web-sending = 傳送中…
web-waiting = 尚未送出，等待連線
web-sent = 已送出
web-failed = 沒有送出，點此重試
web-no-answer = 沒有回應，請再試一次；如有急事，請打電話。
web-again = 再試一次
web-crowded = 這個聊天開啟的視窗太多，本視窗只會偶爾更新。
web-too-long = 內容太長，請分次傳送。
web-elsewhere = 這是從其他網頁送來的，未被接受。請直接使用聊天頁面。

## 終端機聊天

console-you = 您的身分是 { $name }。您在這裡寫的內容會以這個名字記錄。
console-how = 請輸入回答或按鈕的編號。/photo 檔名 傳送照片，/help 顯示說明，/quit 離開。
console-moved = 剛才出現了新內容，請確認後再輸入編號。
console-no-file = 無法讀取這個檔案。

## 監看程式給管理員

alarm-lost = 有 { $count } 個問題沒有再次詢問的時間。請執行「renraku check」。
alarm-overdue = 有 { $count } 個問題數分鐘前就該再次詢問。請執行「renraku check」。
alarm-outbox = 有 { $count } 則訊息送不出去。請執行「renraku check」。
alarm-channel = { $channel } 已無法連線。有其他聯絡方式的人會改由那裡詢問。請執行「renraku check」。
alarm-room = 無法在 { $channel } 的頻道或群組發布。那裡沒有人被詢問，改為逐一詢問每個人。請執行「renraku check」。
alarm-untaken = 有 { $count } 件通報或求助無人接手。請立即查看。
alarm-left = 有 { $count } 件通報或求助仍由已離職的人負責。請立即查看。
alarm-claimed = 有 { $count } 則訊息傳送到一半就停住了。請執行「renraku check」。
alarm-stranded = 聯絡樹中有 { $count } 人尚未被詢問，也不會再有人詢問。請打電話確認。

## Showing who one is: one-time codes, addresses nobody knows

link-welcome = 登記完成。之後 { $organisation } 會透過這裡聯絡您。
link-already = 這個帳號已經登記，一切正常。
link-taken = 這個帳號已登記給別人。請先在那邊輸入「解除連結」。
link-ended = 已解除連結，之後不會再傳訊息到這裡。若要恢復，請向您的單位索取代碼。
link-kept = 好的，維持原狀。
link-none = 這裡沒有可解除的帳號。
link-end-title = 要解除這個 { $channel } 帳號的連結嗎？
link-end-body = 之後即使發生緊急事件，這裡也不會收到詢問或警報。
button-unlink = 解除連結
button-keep = 保留
slip-telegram = 請用手機相機掃描，再點「開始」。之後 { $organisation } 只會在緊急事件、平安回報和演練時透過 Telegram 聯絡您。
slip-slack = 請在 Slack 將此代碼傳給 Renraku 應用程式。之後 { $organisation } 只會在緊急事件、平安回報和演練時在那裡聯絡您。
slip-until = 有效至 { $when }（{ $zone }），僅限本人使用一次。
code-wrong = 這個代碼無效。請再確認，或向您的單位索取新代碼。
code-used = 這個代碼已經用過。請向您的單位索取新代碼。
code-expired = 這個代碼已過期。請向您的單位索取新代碼。


## One post for a whole room (a channel, a group)

room-how = 請點選您自己的回答。只有負責人看得到誰回答了什麼。
room-answered = { $all } 人中已有 { $done } 人回答。
room-not-asked = 您不在這次平安回報的名單中。如需協助，請直接傳訊息給我。


## Telegram

telegram-place-hint = 也可以點下面的按鈕，分享您所在的位置。
telegram-not-read = 這裡只能讀文字、照片和位置。請用文字寫下來。
telegram-photo-lost = 沒有收到您的照片，請再傳一次。
telegram-not-recorded = 您傳送的內容現在無法記錄，我們會繼續嘗試。如有急事，請打電話。


## Slack

slack-cut = 這裡無法顯示全部內容。
slack-own-words = 或用您自己的話說
slack-type-name = 或輸入名稱
slack-photo-lost = 照片沒有送達。請再傳一次。
slack-answered-directly = 已在私訊中回覆您。


## 電子郵件與電話

tap-not-yet = 您還沒有回答。只打開這個頁面不算回答，請按一下按鈕。
tap-line = 有事要通報嗎？請寫下發生了什麼事、在哪裡。
tap-for = 這個頁面只給 { $name } 使用。如果不是您本人，請關閉。
tap-gone = 這裡已經沒有需要回答的事了。
mail-open = 打開並回答
mail-open-note = 打開後按一下就是回答，不需要密碼。請不要把這個連結轉給別人。
mail-no-reply = 回覆這封郵件不會有人看到。
channel-email = 電子郵件
delivery-title = 各管道
delivery-queued = 等待發送 { $count }
delivery-handed = 已發送 { $count }
delivery-delivered = 已送達 { $count }
delivery-seen = 已打開 { $count }
delivery-answered = 已回答 { $count }
delivery-failed = 失敗 { $count }
sms-reply = 回覆 1:平安 2:需要幫助
voice-answer = 請用訊息回答，或打電話給您的主管。
channel-sms = 簡訊
channel-voice = 電話
channel-push = 推播
fact-cost = 費用
confirm-cost = 每人發送一次約 { $amount }


## 打電話的人

still-title = 我們沒有忘記您
still-title-drill = 演練結束
still-open = 平安回報已結束，但您的求助仍在處理，不會中斷。
button-end-allclear = 不補充，直接解除
button-end-calloff = 不補充，直接取消
form-sent-please = 通報已送出。這項資訊能幫助趕來的人。
incident-sent-as-is = 已將您目前的內容送出，之後仍可補充。
button-mistake = 這是誤報
sure-mistake = 要撤回這則通報嗎？
sure-mistake-how = 會通知已被呼叫的人這是誤報。
sure-mistake-yes = 是，這是誤報
sure-mistake-no = 不，是真的
incident-kept = 好的。通報不變，會持續呼叫。
incident-taken-back = 已撤回，會通知已被呼叫的人。
incident-mistake = { $name } 表示是誤報，{ $when }
note-mistake = 表示是誤報並撤回
note-urgent = 求助
sure-safe = { $name } 確定平安了嗎？
sure-safe-how = 確認後就不再為 { $name } 呼叫任何人。
sure-safe-yes = 是，平安
sure-safe-no = 還沒有
cry-goes-on = 好的，求助仍繼續。
cry-undo = 仍需要協助
person-unreached = 完全聯絡不上
confirm-by-page = { $count } 人只能透過網頁聯絡：開啟網頁時才會看到詢問。
alarm-channel-over = { $channel } 已恢復，等待中的訊息正在送出。
alarm-database-over = 資料庫在約{ $span }後恢復。這段期間被拒絕的內容沒有記錄，已告知發送者。
slip-find = 或在 Telegram 搜尋 { $bot }，把下方代碼傳給它。
for-relative = 家屬表示平安
for-wrong = 號碼錯誤
for-unaffected = 未受影響
recorded-for-relative = 已記錄：家屬表示平安。
recorded-for-wrong = 已記錄：號碼錯誤，不再顯示這個號碼。
checkin-recorded-for-relative = { $when } { $name } 代您回報：家屬表示您平安。
handout-title = 請打電話給 { $count } 人
handout-hint = 請點選每通電話的結果。若 { $span }內沒有紀錄，會改請其他人聯絡。
handout-done = 這裡沒有要聯絡的人了，謝謝。
person-asked-by = 已詢問：{ $ways }
person-called-by = { $name } 正在聯絡
onecall-title = 打給 { $name } 的結果是？
button-correct = 更正
call-elsewhere = 現在由其他人聯絡。
call-not-in-hand = 這個人已不在您的聯絡名單上，沒有記錄任何內容。
command-shownumber-words = 讓主管看我的號碼|顯示我的號碼
command-hidenumber-words = 隱藏我的號碼|不要顯示我的號碼
number-shown = 聯絡不上您時，主管或其代理人可以看到您的號碼以便致電。取消請輸入「隱藏我的號碼」。
number-hidden = 不會向任何人顯示您的號碼。
number-none = 這裡沒有您的電話號碼。

## Board

command-board-words = 看板|儀表板|管理看板
menu-board = 打開看板
board-open = 打開看板
board-link-how = 用這個連結登入看板。只限您本人使用一次，{ $when }前有效。請勿轉給他人。
board-link-used = 這個連結已經用過。需要時請再要一個新的。
board-link-expired = 這個連結已經過期。需要時請再要一個新的。
button-board-again = 取得新連結
board-title = 看板
board-signin-title = 登入看板
board-signin-how = 這個連結是為您產生的。請按下按鈕，在這台裝置上登入。
board-signin-do = 登入
board-signin-bad = 這個連結已無法使用。請傳送「看板」給 Renraku，就會收到新的連結。
board-signed-out = 您尚未登入。請傳送「看板」給 Renraku，就會收到連結。
board-signout = 登出
board-signout-everywhere = 登出所有裝置
board-not-yours = 您無權查看，或此頁不存在。如有急事，請致電負責人。
board-elsewhere = 這是從其他網頁送來的，未予接受。請直接在看板上操作。
board-skip = 跳到內容
board-nav = 頁面
board-nav-now = 現況
board-nav-incidents = 事件
board-nav-people = 人員
board-nav-tree = 聯絡網
board-nav-ready = 準備狀況
board-real = 真實事件
board-running = 已進行 { $span }
board-ended = 已結束
board-no-rollcall = 目前沒有進行中的點名。
board-open-incidents = 未結束的事件
board-ended-lately = 先前的點名
board-list-title = 名單
board-all-groups = 顯示所有人
board-nobody-missing = 所有人都已回報。
board-nobody-here = 這份名單上沒有人。
board-next = 下一頁
board-look-again = 重新整理
board-actions = 操作
button-message = 傳訊息給一群人
button-prolong = 延長接受遲來的回覆
board-heads = 清點人數
board-print = 列印
board-export-excel = Excel 檔
board-export-csv = CSV 檔
board-said-by = 由{ $name }代答
board-away = 不在
board-curve = 回覆進度
board-curve-alt = { $span }內，{ $count } 人中有 { $done } 人已回覆。
board-curve-not-yet = 尚未
board-delivery = 傳送狀況
board-queued = 等待中
board-handed = 已送出
board-remaining = 約 { $span } 後全部送完。
board-failed = 有 { $count } 人完全無法送達。
board-callers = 正在打電話的人
board-callers-open = 尚餘 { $count } 人
board-callers-done = 已確認 { $count } 人
board-callers-last = 最近 { $when }
board-callers-never = 尚無記錄
board-spots = 分享的位置
board-changes = 操作記錄
board-did-launched = 發起點名
board-did-closed = 宣布解除
board-did-cancelled = 取消點名
board-did-messaged = 傳訊息給一群人
board-did-prolonged = 延長接受遲來的回覆
board-did-visitor = 登記一名訪客
board-did-cried = 表示：我需要協助
board-did-taken = 接手處理{ $name }
board-did-answered-safe = 記錄{ $name }：平安
board-did-answered-help = 記錄{ $name }：需要幫助
board-did-answered-unaffected = 記錄{ $name }：未受影響
board-did-answered-relative = 記錄{ $name }：家屬表示平安
board-did-tried = 致電{ $name }：無人接聽
board-did-retracted = 取消{ $name }的記錄
board-did-handed = 受託致電{ $count }人
board-state-reported = 尚無人處理
board-state-taken = 處理中
board-state-closed = 已結案
board-state-dismissed = 無需處理
board-samples = 查看各語言的訊息
board-sure = 所有人都會收到「這是誤發」的通知。要取消，請輸入 { $count }。
message-title = 關於點名的訊息
rollcall-messaged = 訊息正在送出。
rollcall-prolonged = 已延長接受遲來的回覆。
rollcall-not-over = 點名仍在進行，本來就接受回覆。
visitor-noted = 已登記。
note-visitor = 登記訪客
ask-message-group = 要傳給誰？
option-message-group-silent = 尚未回覆的人
option-message-group-help = 需要幫助的人
option-message-group-safe = 平安或未受影響的人
option-message-group-everyone = 所有被詢問的人
ask-message-text = 要說什麼？
ask-prolong-time = 延長多久？
option-prolong-time-day = 一天
option-prolong-time-week = 一週
option-prolong-time-month = 30 天
ask-visitor-name = 是誰？
ask-visitor-site = 在哪個據點？
button-visitor = 加入訪客
button-resume-message = 繼續寫訊息
button-resume-prolong = 繼續延長
button-resume-visitor = 繼續加入訪客
board-no-incidents = 沒有可顯示的事件。
board-search = 姓名、據點、部門或員工編號
board-search-do = 搜尋
board-no-way = 無法聯絡
board-unproven-ways = { $count } 種聯絡方式，尚未驗證
board-proven-ways = { $count } 種已驗證的聯絡方式
board-proven-at = 最近驗證：{ $when }
board-role-safety = 安全負責人
board-role-admin = 管理員
board-role-responder = 應變人員
board-lead = 主管：{ $name }
board-deputy = 代理人：{ $name }
board-no-deputy = 沒有代理人
board-below = 下屬 { $count } 人
board-directly-below = 直屬人員
board-top = 最上層
board-staff = 名冊上有 { $count } 人
board-gap-unreachable = 無法聯絡
board-gap-unreachable-why = 沒有任何可用的聯絡方式。緊急時只能由主管親自尋找。
board-gap-unproven = 從未驗證
board-gap-unproven-why = 有聯絡方式，但從未有過回應。演練可以驗證。
board-gap-leadless = 沒有主管
board-gap-leadless-why = 他們沒有回應時，沒有人可以代為確認。
board-gap-deputyless = 沒有代理人的主管
board-gap-deputyless-why = 他們不在時，會直接聯絡更上一層。
board-gap-none = 無，一切正常。
board-printed = 截至 { $when }
board-print-cut = 這裡只有前 { $count } 筆，完整名單請下載檔案。
board-key = 員工編號
board-name = 姓名
board-answer = 回覆
board-answered-at = 回覆時間
board-answered-by = 代答人
board-asked = 詢問次數
board-called = 未接電話次數
board-all-sites = 所有據點
board-visitors = 訪客
board-delivered = 已送達
board-opened = 已開啟
board-refused = 失敗
board-callers-hand = 手上有 { $count } 人
board-did-wrong = 致電{ $name }：號碼錯誤
board-seen-here = 現場已見到
board-answered-unseen = 已回報平安，現場未見到
recorded-seen = 已記錄：現場已見到。
recorded-seen-help = 已記錄：現場已見到。此人曾求助，求助仍在進行。
undone-seen = 已取消：現場未見到。
seen-not-yours = 這是其他人勾選的，您無法取消。
board-did-seen = 清點時見到{ $name }
board-did-unseen = 取消清點時對{ $name }的勾選
board-list-of = 名單時間：{ $when }
form-optional = 可不填
board-begun = 您於{ $when }開始填寫，尚未送出。
board-go-on = 繼續填寫
board-begin-anew = 重新開始
board-sent-already = 這份表單已送出，以下是後續情況。
board-nav-settings = 設定
board-settings-how = 僅供查看。請在設定檔或環境變數中修改，然後重新啟動 Renraku。
board-settings-checks = 需要留意的事項
board-settings-look = 請留意
board-settings-bad = 需要處理
board-settings-well = 無，一切正常。
board-settings-looked = 已檢查且正常：{ $count }
board-settings-changed = 已設定：{ $count }
board-settings-set = 已設定
board-settings-not-set = 未設定
board-settings-from-default = 預設值
board-settings-from-file = 來自設定檔
board-settings-from-environment = 來自環境變數
board-settings-from-option = 啟動時指定
board-settings-database = 資料庫
board-settings-servers = 執行中的伺服器
board-settings-imported = 員工名單匯入
board-settings-never = 沒有記錄
board-settings-backup = 請將資料庫與主金鑰的備份分別保存在兩個不同的地方。沒有金鑰，聯絡方式將無法再讀取。
board-settings-languages = 語言
board-settings-working = 有效的聯絡方式：{ $count }
board-settings-failing = 失效：{ $count }
board-settings-queued = 等待傳送：{ $count }
board-settings-rate = 每秒：{ $rate }
board-settings-open = 使用中
board-settings-closed = 無法使用
board-settings-blocked = 平台要求等到 { $when }
board-find-number = 用姓名查員工編號
board-find-more = 還有其他人，請輸入更完整的姓名。
board-seen-at = 現場見到時間
board-seen-by = 見到者
board-time-zone = 時區
board-kind = 真實事件或演練
board-event = 通知內容
board-rollcall-id = 平安回報編號
board-started-at = 開始時間
board-ended-at = 結束時間
