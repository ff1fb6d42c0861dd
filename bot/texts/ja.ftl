### 連絡（Renraku）日本語。
###
### 緊急時に、スマートフォンで、片手で読まれる文です。短く、平易に、誰も責めない。
### -words で終わるキーは、入力される言葉を | で区切って並べたものです。

## 「ご無事ですか」への回答：ボタンと入力

answer-safe = 無事です
answer-safe-words = 無事|無事です|無事でした|全員無事です|大丈夫|大丈夫です|私は大丈夫|私は大丈夫です|安全です|けがはありません|怪我はありません|ケガはありません|けがなし|怪我なし
answer-help = 助けが必要です
answer-help-words = 助けが必要|助けが必要です|助けて|助けてください|救助|救助要請|救助が必要|救助が必要です|救助してください|けがをしました|怪我をしました|ケガをしました|けがをしています|怪我をしています|動けません|閉じ込められました|閉じ込められています|危険です|無事ではありません
cry-words = 助けて|助けが必要|助けがいる|救助|けがをし|怪我をし|ケガをし|けが人|怪我人|動けません|動けない|動けなく|閉じ込め|閉じこめ|出られません|出られない|下敷き|血が止ま|息ができ|意識が|骨折
cry-not-words = ではありません|じゃありません|ではない|じゃない|必要ありません|必要ない|不要|していません|していない|いません|ありません
answer-unaffected = 影響ありません
answer-unaffected-words = 影響なし|影響ありません|影響はありません|被害なし|被害はありません|現場にいません|現場にはいません

## 本人に代わる回答：ボタン

for-safe = 無事（電話で確認）
for-help = 助けが必要
for-tried = 応答なし
for-now-safe = 無事を確認

## 安否確認：本人への問いかけ

badge-drill = 訓練
drill-note = これは訓練です。実際には何も起きていません。本番と同じように回答してください。
checkin-title = ご無事ですか？
checkin-reminder = まだ回答が届いていません（再確認{ $count }回目）。回答をお願いします。
checkin-recorded-safe = { $when }　「無事」と記録しました。ありがとうございます。
checkin-recorded-help = { $when }　「助けが必要」と記録しました。
checkin-recorded-unaffected = { $when }　「影響なし」と記録しました。ありがとうございます。
checkin-recorded-for-safe = { $when }　{ $name }さんが代わりに「無事」と回答しました。
checkin-recorded-for-help = { $when }　{ $name }さんが代わりに「助けが必要」と回答しました。
checkin-recorded-for-unaffected = { $when }　{ $name }さんが代わりに「影響なし」と回答しました。
checkin-told = 連絡済み：{ $names }。対応する人が決まるまで連絡を続けます。
checkin-told-nobody = 自動で連絡できる人がいません。電話で助けを求めてください。
checkin-taken = { $name }さんが対応しています。
checkin-taker-left = { $name }さんは対応できなくなりました。ほかの人を呼び出しています。
checkin-danger = 命の危険があるときは、すぐに緊急通報（消防・救急・警察）をしてください。
checkin-danger-drill = これは訓練です。本当に助けが必要なときは、すぐに緊急通報をしてください。
checkin-change = 回答はいつでも変更できます。
checkin-late = 安否確認は終了しましたが、回答は今からでも受け付けます。
checkin-over = 安否確認は終了しました。何もする必要はありません。
checkin-cancelled-title = 取り消し：回答は不要です
checkin-cancelled = 誤って送信されたものです。何もする必要はありません。

## 安否確認そのもの

rollcall-from = 発信：{ $name }（{ $organisation }）{ $when }
rollcall-about = 件名：{ $words }
rollcall-ended = 終了：{ $name } { $when }
rollcall-launched = 開始しました。{ $count }人に確認しています。
rollcall-closed = 安否確認を終了しました。対象者全員に解除を知らせます。
rollcall-cancelled = 取り消しました。対象者全員に誤りだったことを知らせます。
rollcall-already-over = この安否確認はすでに終了しています。
rollcall-was-cancelled = この安否確認は取り消されました。回答は不要です。
rollcall-too-late = この安否確認は受付を終了しました。助けが必要なときは電話してください。
scope-everyone = { $organisation }の全員
scope-site = 拠点：{ $names }
scope-team = 部署：{ $names }
scope-under = { $name }さんの部下全員
scope-list = 指定した{ $count }人

## 記録したことの返事

recorded-safe = 「無事」と記録しました。ありがとうございます。
recorded-help = 「助けが必要」と記録しました。すぐに担当者へ知らせます。
recorded-unaffected = 「影響なし」と記録しました。ありがとうございます。
recorded-for-safe = 「無事」と記録しました。
recorded-for-help = 「助けが必要」と記録しました。すぐに担当者へ知らせます。
recorded-for-unaffected = 「影響なし」と記録しました。
recorded-for-tried = 「連絡したが応答なし」と記録しました。
already-answered = その間に本人の回答がありました。
undone = 取り消しました。未回答に戻ります。
undo-not-yours = 本人またはほかの人の回答です。ここでは取り消せません。

## 上長の連絡リスト

worklist-title = 未確認：{ $all }人中{ $count }人
worklist-hint = 電話をして、わかったことを選んでください。
worklist-in-hand = ほか{ $count }人は別のカードにあります。今、電話をお願いします。
worklist-range = { $all }人中 { $first }～{ $last }人目
worklist-next = 次の{ $count }人
worklist-first = 最初に戻る
worklist-done = 完了：{ $count }人全員を確認しました
worklist-over = 安否確認は終了しました。連絡は不要です
worklist-cancelled = 安否確認は取り消されました。連絡は不要です

## リストの一人

person-asked = { $count }回送信
person-page-closed = 本人のページは未開封
way-unopened = { $way }（未開封）
person-unreachable = メッセージ届かず
person-tried = 電話{ $count }回、応答なし
person-needs-help = 助けが必要（{ $when }から）
person-taken = { $name }さんが対応中
and-more = ほか{ $count }件
and-more-people = ほか{ $count }人

## 集計

tally-title = 回答：{ $count }人中{ $done }人
tally-title-closed = 安否確認終了。回答：{ $count }人中{ $done }人
tally-title-cancelled = 安否確認は取り消されました
tally-sending = あと{ $count }件を送信中です（約{ $span }）。
tally-launching = 送信中：{ $count }人中{ $done }人
tally-help = 助けが必要
tally-missing = 未回答
tally-held = 未送信
tally-safe = 無事
tally-unaffected = 影響なし
tally-relative = 家族から無事と聞いた
tally-unreached = 誰とも連絡がつかない人が{ $count }人います。直接の確認を手配してください。
tally-in-need = 助けが必要：{ $count }人
tally-silent = 未回答：{ $count }人
tally-sites = 拠点別
tally-teams = 部署別
tally-no-site = 拠点なし
tally-no-team = 部署なし
tally-row-help = 助けが必要{ $count }人
tally-row-missing = 未回答 { $all }人中{ $count }人
tally-row-held = 未送信{ $count }人
tally-row-done = { $count }人全員回答
button-allclear = 安全確認完了（終了する）
button-calloff = 誤りとして取り消す

## 助けが必要な人

cry-title = { $name }さんが助けを必要としています
cry-hint = 今どこにいますか。何がありましたか。
cry-noted = 連絡した人に伝えました。
cry-title-over = { $name }さん：助けは不要になりました
cry-title-cancelled = 取り消し：{ $name }さん
cry-ask = 対応できますか？　対応する人が決まるまで連絡を続けます。
cry-drill = これは訓練です。本番と同じように対応してください。
cry-said-by = { $when }　{ $name }さんの連絡による

## 呼び出し

page-taken = 担当になりました。ほかの人にも表示されます。
page-yours = あなたが対応中です。
page-already-taken = すでに別の人が対応しています。
page-over = すでに終わっています。何もする必要はありません。
page-told = 連絡済み：{ $names }

## 終了のお知らせ

allclear-title = 安全確認完了
allclear-title-drill = 訓練終了
allclear-thanks = 安否確認を終了しました。ご協力ありがとうございました。
allclear-thanks-drill = 訓練へのご協力ありがとうございました。
cancelled-title = 先ほどの安否確認は取り消されました
cancelled-note = 誤って送信されたものです。何もする必要はありません。お騒がせして申し訳ありません。
cancelled-note-drill = 訓練は中止になりました。何もする必要はありません。

## インシデント（報告された出来事）

incident-title = { $kind }：{ $place }
incident-waiting = まだ担当者がいません。対応できますか？
incident-mine-sent = { $count }人に連絡しました。担当者が決まるまで連絡を続けます。
incident-taken = { $when }から{ $name }さんが対応しています。
incident-ended-closed = 対応完了：{ $name } { $when }
incident-ended-dismissed = 対応不要と判断：{ $name } { $when }
incident-reason = { $what }　{ $reason }
incident-hurt-someone = けが人がいます。
incident-hurt-unknown = けが人の有無は不明です。
incident-hurt-nobody = けが人はいません。
state-reported = 担当者未定
state-taken = 対応中
severity-routine = 通常
severity-serious = 重大
severity-critical = 緊急

incident-sent = 送信しました。担当者を呼び出しています。
incident-sent-nobody = 記録しましたが、報告を受ける人が登録されていません。すぐに電話で知らせてください。
incident-is-over = この件は終了しているため、変更できません。
incident-updated = 追加しました。対応している全員に表示されます。
incident-noted = 経過に記録しました。
incident-closed = 完了にしました。報告者に知らせます。
incident-dismissed = 対応不要としました。報告者に知らせます。
photo-added = 写真を追加しました。

button-take = 対応します
button-note = メモを追加
button-rollcall = 安否確認を始める
button-close = 完了にする
button-dismiss = 対応不要
button-everything = すべて表示
button-show = 開く

## 経過

everything-part = { $all }分の{ $first }
everything-next = 続きを読む
everything-first = 最初から読む
timeline-title = 経過
timeline-line = { $when } { $name }：{ $text }
timeline-nobody = Renraku
note-reported = 報告
note-taken = 対応開始
note-taker-left = 退職のため、ほかの担当者を呼び出し中
note-closed = 対応完了
note-dismissed = 対応不要と判断
note-photo = 写真を追加
note-rollcall = 安否確認を開始
note-edited = 書いた内容を変更しました
note-deleted = 書いた内容を取り消しました
note-with-words = { $what }　{ $text }

## 報告者への知らせ

told-taken = { $name }さんが対応を始めました。
told-taker-left = { $name }さんは対応できなくなりました。ほかの担当者を呼び出しています。
told-closed = { $name }さんが対応を完了しました。
told-dismissed = { $name }さんが確認し、対応は不要と判断しました。
told-about = あなたの報告：{ $incident }

## 項目名

fact-who = 対象
fact-people = 人数
fact-how = 方法
fact-channels = 連絡手段
fact-duration = 送信時間
fact-place = 場所
fact-site = 拠点
fact-team = 部署
fact-since = 要請時刻
fact-said-by = 連絡者
fact-severity = 緊急度
fact-reporter = 報告者
fact-time = 日時

## 報告フォーム

ask-incident-kind = 何がありましたか？
ask-incident-place = 場所はどこですか？
ask-incident-hurt = けが人はいますか？
ask-incident-details = ほかに、対応する人に伝えることはありますか？
ask-incident-photo = 写真を送れますか？　安全な場合だけで結構です。
option-incident-hurt-nobody = いません
option-incident-hurt-nobody-words = いない|いません|なし|ありません|誰もいません|けが人なし|怪我人なし|いいえ
option-incident-hurt-someone = います
option-incident-hurt-someone-words = いる|います|あり|はい|けが人あり|怪我人あり|けが人がいます|怪我人がいます|私です
option-incident-hurt-unknown = わかりません
option-incident-hurt-unknown-words = わからない|わかりません|分からない|分かりません|不明|不明です

## 安否確認フォーム

ask-rollcall-drill = 本番ですか、訓練ですか？
option-rollcall-drill-real = 本番（実際の緊急事態）
option-rollcall-drill-real-words = 本番|本番です|緊急|実際の緊急事態|訓練ではない
option-rollcall-drill-drill = 訓練
option-rollcall-drill-drill-words = 訓練|訓練です|テスト|演習
ask-rollcall-who = 誰に確認しますか？
option-rollcall-who-everyone = 全員
option-rollcall-who-everyone-words = 全員|みんな|全社
option-rollcall-who-site = 拠点　{ $name }
option-rollcall-who-team = 部署　{ $name }
option-rollcall-who-under = 自分の部下{ $count }人
option-rollcall-who-under-words = 部下|自分の部下|部下全員
option-rollcall-who-list = 個人を指定
option-rollcall-who-list-words = 指定|個人|個人を指定|名簿
ask-rollcall-people = 誰に送りますか？　社員番号を空白か読点で区切って入力してください。
ask-rollcall-words = 何と伝えますか？
option-rollcall-words-general = ご無事かどうか、お知らせください。
option-rollcall-words-earthquake = 地震がありました。ご無事ですか？
option-rollcall-words-fire = 火災です。建物の外へ避難してください。ご無事ですか？
option-rollcall-words-drill = 安否確認訓練です。回答してください。
option-rollcall-words-incident = { $incident }。ご無事ですか？
ask-rollcall-mode = どのように確認しますか？
option-rollcall-mode-broadcast = 全員に同時
option-rollcall-mode-broadcast-words = 同時|一斉|一斉送信|全員に同時
option-rollcall-mode-cascade = 連絡網（上から順に）
option-rollcall-mode-cascade-words = 連絡網|順番|順に|上から順に
ask-rollcall-confirm = 送信するには、人数を入力してください
ask-rollcall-start = 訓練を始めますか？
option-rollcall-start-start = 訓練を始める
option-rollcall-start-start-words = 始める|開始する|はい|送信
confirm-real = 本番です。訓練ではありません。
confirm-drill = 訓練です。すべてのメッセージに「訓練」と表示されます。
confirm-channel = { $channel } { $count }人
confirm-span = 約{ $span }
confirm-at-once = すぐに完了
confirm-unreachable = 連絡手段のない人が{ $count }人います。上長に電話での確認を依頼します。
confirm-hint = { $count } と入力
channel-web = ウェブチャット
channel-console = 端末
channel-phone = 電話
channel-slack = Slack
channel-telegram = Telegram

## その他のフォーム

ask-note-which = どの件についてですか？
ask-note-text = 何を記録しますか？
ask-close-reason = どう対応しましたか？　報告者にも伝わります。
ask-dismiss-reason = 対応不要の理由は何ですか？　報告者にも伝わります。
ask-allclear-words = 解除のお知らせに書き添えることはありますか？
ask-calloff-words = 取り消しのお知らせに書き添えることはありますか？

## フォーム共通

form-progress = { $done } / { $all }
form-progress-unsent = { $done } / { $all }（答え終わると送信されます）
form-about = 件名：{ $what }
form-sent-more = 報告は送信済みです。ここからは任意です。
form-done = 以上です。ありがとうございました。
form-skipped = 回答なし
form-own-words = 選ぶか、自由に入力してください
form-type-name = 選ぶか、名前を入力してください
form-more-options = ほか{ $count }件は、名前を入力してください。
page-next = 次へ
page-send = 送信する
page-send-real = 今すぐ送る
button-back = 戻る
button-cancel = やめる
button-skip = とばす
button-change = 変更
button-resume-incident = 報告の続きを書く
button-resume-rollcall = 安否確認の準備を続ける
button-resume-note = メモの続きを書く
button-resume-close = 完了の手続きを続ける
button-resume-dismiss = 対応不要の手続きを続ける
button-resume-allclear = 解除の手続きを続ける
button-resume-calloff = 取り消しの手続きを続ける
draft-cancelled = 入力を取り消しました。何も送信していません。
draft-finished = わかりました。送信済みの内容はそのままです。
draft-resumed = 入力の途中でした。続きから始めます。
draft-nudge = 入力の途中で、まだ送信されていません。続けますか？
draft-gone = このフォームはもう使えません。
nothing-to-cancel = 入力中のものはありません。
problem-needed = この回答は必須です。入力してください。
problem-number = 数字を入力してください。
problem-photo = 写真を送るか、とばしてください。
problem-too-long = 長すぎます。{ $limit }文字以内にしてください。
problem-choice = ボタンを選ぶか、その番号を入力してください。
count-wrong = 人数は{ $expected }人です。もう一度入力してください。
nobody-in-scope = 対象者がいません。選び直してください。
unknown-people = 見つかりません：{ $keys }。確認して、すべての番号を入力し直してください。

## 種類と、報告を始める言葉。
## 言葉は文の中から探すので、害のない意味を持つものは入れない。

kind-fire = 火災
kind-fire-words = 火事|火災|出火|燃えて|煙が|爆発|ガス漏れ|ガス臭い|ガスの臭い
kind-earthquake = 地震
kind-earthquake-words = 地震|余震|津波|大きな揺れ
kind-typhoon = 台風・暴風雨
kind-typhoon-words = 台風|暴風|竜巻|大雪|暴風雨
kind-flood = 浸水・水害
kind-flood-words = 浸水|洪水|冠水|水害|水漏れ|土砂崩れ|増水
kind-injury = けが・急病
kind-injury-words = けが人|けがをし|けがしま|怪我|ケガ|負傷|出血|骨折|人が倒れ|同僚が倒れ|さんが倒れ|倒れている人|意識がない|意識がありません|意識不明|急病|体調不良|救急車|転落|転倒
kind-intrusion = 侵入・脅威
kind-intrusion-words = 侵入者|不法侵入|不審者|不審物|泥棒|盗難|盗まれ|強盗|刃物|凶器|爆弾|脅迫|空き巣
kind-data_leak = 情報漏えい
kind-data_leak-words = 情報漏えい|情報漏洩|情報もれ|情報流出|データ流出|不正アクセス|ウイルス感染|ランサムウェア|フィッシング|ハッキング|不審なメール|怪しいメール
kind-misdirected = 誤送信
kind-misdirected-words = 誤送信|誤送付|誤配送|宛先間違い|宛先を間違え|送信先を間違え|送り先を間違え
kind-lost_device = 端末の紛失
kind-lost_device-words = スマホを紛失|携帯を紛失|パソコンを紛失|PCを紛失|端末を紛失|USBを紛失|スマホをなくし|携帯をなくし|パソコンをなくし|PCをなくし|端末をなくし
kind-lost_badge = 社員証・鍵の紛失
kind-lost_badge-words = 社員証を紛失|社員証をなくし|入館証を紛失|入館証をなくし|カードキーを紛失|カードキーをなくし|鍵を紛失|鍵をなくし
kind-equipment = 設備の故障
kind-equipment-words = 故障|壊れ|動きません|動かない|不具合
kind-outage = 停電・システム障害
kind-outage-words = 停電|断水|システム障害|通信障害|ネットワーク障害|サーバー障害|サーバーダウン|システムが止ま|ネットがつながら|ネットが繋がら
kind-mistake = 業務上のミス
kind-mistake-words = 作業ミス|入力ミス|操作ミス|業務ミス|誤操作|誤入力|誤発注|ヒヤリハット|ミスをし|ミスしま
kind-public_health = 感染症・食中毒
kind-public_health-words = 感染症|感染者|集団感染|コロナ|インフルエンザ|ノロウイルス|食中毒|陽性
kind-supplier = 取引先・供給の問題
kind-supplier-words = 仕入先|納品遅れ|納期遅れ|納品されない|納品されません|供給停止|部品不足|欠品
kind-reputation = 報道・評判
kind-reputation-words = 風評|炎上|取材が|記者が|報道陣|誹謗中傷
kind-other = その他
kind-other-words = 緊急事態|事故|異常事態|トラブル|大変です

## コマンド（一行で入力）

command-report-words = 報告|通報|報告する|報告したい|報告します
command-rollcall-words = 安否確認|安否|安否確認を始める|安否確認を開始
command-help-words = ヘルプ|使い方|説明
command-status-words = 状況|状態|ステータス
command-cancel-words = 取消|取り消し|キャンセル|中止|やめる
command-back-words = 戻る|もどる|一つ戻る
command-skip-words = スキップ|とばす|飛ばす
command-menu-words = メニュー|こんにちは|はじめる
command-unlink-words = 連携解除|登録解除|退会
command-note-words = メモ|メモする|メモを追加

## メニュー、ヘルプ、状況

menu-title = ご用件は何ですか？
menu-report = 報告する
menu-rollcall = 安否確認を始める
menu-status = 現在の状況
menu-status-count = 対応待ち：{ $count }件
menu-help = 使い方
help-title = 使い方
help-body = Renrakuは、{ $organisation }の緊急報告と安否確認の窓口です。
help-report = 報告するには、「報告する」を押すか、「B棟で火事です」のように書いてください。すぐに担当者を呼び出します。
help-answer = 安否確認が届いたら、ボタンを押すか、「無事です」「助けて」と入力してください。回答はいつでも変更できます。
help-rollcall = 安否確認を始めることができます。対象者に確認を送り、未回答の人がわかります。
help-words = いつでも使える言葉：報告、状況、ヘルプ、キャンセル、戻る。
help-privacy = ここに書いた内容は、対応する人に伝わり、記録に残ります。
status-title = 現在の状況
nothing-waiting = 対応待ちはありません。
status-worklist = 電話する相手：{ $count }人
status-rollcall = { $when }から安否確認中
status-drill = 訓練：{ $words }
duty-title = 当番
duty-desk = 安全担当：{ $names }
duty-nobody = 今は安全担当がいません。
duty-above = あなたのことで最初に連絡する人：{ $names }
said-title = あなたの入力
photo-alt = 写真

## 想定外への返事

remark-noted = 受け付けました。あなたを担当する人が読めます。
remark-unanswered = 受け付けました。安否の回答がまだです。ご無事ですか？
remark-title = { $name }さんからのメッセージ
checkin-remark = あなたのメッセージ（{ $when }）「{ $text }」
person-wrote = 本人からのメッセージ（{ $when }）「{ $text }」
not-understood = わかりませんでした。報告するときは、起きたことを書いてください。使い方は「ヘルプ」と入力してください。
unknown-person = この連絡先は登録されていません。所属先に専用リンクまたはコードをお問い合わせください。危険なときは緊急通報してください。
not-allowed = この操作はできません。急ぎの場合は、責任者に電話してください。
button-gone = このボタンはもう使えません。最新のメッセージを使うか、「メニュー」と入力してください。
sent-to-you = 送信しました。メッセージをご確認ください。
something-broke = 処理できませんでした。不具合は記録しました（{ $ref }）。もう一度お試しください。急ぎの場合は電話してください。
too-fast = 操作が速すぎます。少し待ってから、もう一度お試しください。
text-cut = 長すぎたため、最初の{ $limit }文字だけを記録しました。
photo-not-expected = この写真に当たる報告がありません。先に報告してから送ってください。
photo-after-sending = 先に質問に答えてください。そのあと写真を送れます。
place-not-expected = この場所に当たる報告がありません。先に報告してから送ってください。
edit-unsent = 最初に書かれた内容のままにしています。直すには質問の「変更」を押すか、もう一度書いてください。
just-now = たった今

## ウェブチャット

page-title = 連絡 Renraku
send = 送信
send-photo = 写真を送る
type-here = ここに入力
offline = 接続が切れています。送信した内容は、つながりしだい届きます。
reconnecting = 接続しています…
link-bad = このリンクは使えません。所属先に新しいリンクをお問い合わせください。
link-expired = このリンクは期限切れです。所属先に新しいリンクをお問い合わせください。
photo-too-big = 写真が大きすぎます。{ $limit } MB以内にしてください。
photo-not-a-picture = 画像として読み取れません。JPEGかPNGで送ってください。
could-not-save = 保存できませんでした。もう一度お試しください。急ぎの場合は電話してください。
web-not-understood = ページから届いた内容を読み取れませんでした。再読み込みして、もう一度お試しください。
web-skip = 入力欄へ移動
web-messages = メッセージ
web-older = 以前のメッセージ
web-newest = 最新のメッセージ
web-new = 新しいメッセージ
web-empty = まだ何もありません。起きたことを書くか、「メニュー」と入力してください。
web-look = 新しいメッセージを確認
web-remove-photo = 取り除く
web-place = 現在地を送る
web-place-refused = 現在地を取得できません。場所を書いてください。
web-sending = 送信しています…
web-waiting = 未送信（接続待ち）
web-sent = 送信済み
web-failed = 送信できませんでした。もう一度送る
web-no-answer = 応答がありませんでした。もう一度お試しください。急ぎの場合は電話してください。
web-again = もう一度試す
web-crowded = このチャットを開いている画面が多すぎます。この画面は時々しか更新されません。
web-too-long = 長すぎます。分けて送ってください。
web-elsewhere = 別のページから送られたため、受け付けませんでした。このチャットから送ってください。

## 端末でのチャット

console-you = { $name }さんとして開いています。ここに書いたことは、この名前で記録されます。
console-how = 回答か、ボタンの番号を入力してください。/photo ファイル名 で写真を送り、/help で説明を表示し、/quit で終わります。
console-moved = ちょうど新しい表示がありました。確認して、もう一度番号を入力してください。
console-no-file = そのファイルを読み取れませんでした。

## 見張りから管理者へ

alarm-lost = 次に確認する時刻のない質問が{ $count }件あります。「renraku check」を実行してください。
alarm-overdue = 再確認が数分以上遅れている質問が{ $count }件あります。「renraku check」を実行してください。
alarm-outbox = 送信できていないメッセージが{ $count }件あります。「renraku check」を実行してください。
alarm-channel = { $channel } に接続できなくなりました。ほかの連絡先がある人にはそちらで確認しています。「renraku check」を実行してください。
alarm-room = { $channel } のチャンネルまたはグループに投稿できませんでした。そこでは確認できていないため、全員に個別に確認しています。「renraku check」を実行してください。
alarm-untaken = 誰も対応していない報告または助けを求める連絡が{ $count }件あります。すぐに確認してください。
alarm-left = 退職した人が担当のままになっている報告または助けを求める連絡が{ $count }件あります。すぐに確認してください。
alarm-claimed = 送信の途中で止まったメッセージが{ $count }件あります。「renraku check」を実行してください。
alarm-stranded = 連絡網でまだ確認されておらず、このままでは誰からも確認されない人が{ $count }人います。電話で確認してください。

## Showing who one is: one-time codes, addresses nobody knows

link-welcome = 登録できました。これからは { $organisation } からの連絡がここに届きます。
link-already = このアカウントは登録済みです。問題ありません。
link-taken = このアカウントは別の人に登録されています。先にそちらで「連携解除」と送ってください。
link-ended = 連携を解除しました。今後ここには連絡しません。再開するには、所属先にコードをお求めください。
link-kept = 変更していません。このままお使いいただけます。
link-none = 解除できるアカウントがありません。
link-end-title = この { $channel } アカウントの連携を解除しますか？
link-end-body = 緊急時も含め、ここには確認や警報が届かなくなります。
button-unlink = 解除する
button-keep = このままにする
slip-telegram = スマートフォンのカメラで読み取り、「開始」を押してください。以後、{ $organisation } からの緊急連絡、安否確認、訓練の連絡だけが Telegram に届きます。
slip-slack = Slack で Renraku アプリにこのコードを送ってください。以後、{ $organisation } からの緊急連絡、安否確認、訓練の連絡だけがそこに届きます。
slip-until = { $when }まで有効（{ $zone }）。ご本人のみ、1回だけ使えます。
code-wrong = このコードは使えません。もう一度確かめるか、所属先に新しいコードをお求めください。
code-used = このコードは使用済みです。所属先に新しいコードをお求めください。
code-expired = このコードは期限切れです。所属先に新しいコードをお求めください。


## One post for a whole room (a channel, a group)

room-how = ご自身の状況をタップしてください。誰が何と答えたかは責任者だけが見ます。
room-answered = { $all }人中{ $done }人が回答しました。
room-not-asked = あなたは今回の安否確認の対象に入っていません。助けが必要なときは、私に直接メッセージを送ってください。


## Telegram

telegram-place-hint = 下のボタンで、今いる場所を送ることもできます。
telegram-not-read = ここで読めるのは文字、写真、位置情報だけです。文字で書いてください。
telegram-photo-lost = 写真が届きませんでした。もう一度送ってください。
telegram-not-recorded = 送られた内容を今は記録できません。記録できるまで試み続けます。急ぐときは電話してください。


## Slack

slack-cut = ここには全部は表示できません。
slack-own-words = またはご自分の言葉で
slack-type-name = または名前を入力
slack-photo-lost = 写真が届きませんでした。もう一度送ってください。
slack-answered-directly = ダイレクトメッセージでお答えしました。


## メールと電話

tap-not-yet = まだ回答していません。このページを開いただけでは回答になりません。ボタンを押してください。
tap-line = 報告することがあれば、何がどこで起きたかを書いてください。
tap-for = このページは { $name } さん専用です。ご本人でない場合は閉じてください。
tap-gone = ここで回答することはもうありません。
mail-open = 開いて回答する
mail-open-note = 開いた先で一度押せば回答になります。パスワードは要りません。このリンクは他の人に渡さないでください。
mail-no-reply = このメールに返信しても、誰にも届きません。
channel-email = メール
delivery-title = 手段ごと
delivery-queued = 送信待ち { $count }
delivery-handed = 送信 { $count }
delivery-delivered = 到着 { $count }
delivery-seen = 開封 { $count }
delivery-answered = 回答 { $count }
delivery-failed = 失敗 { $count }
sms-reply = 返信 1:無事 2:助けが必要
voice-answer = メッセージで回答するか、上司に電話してください。
channel-sms = SMS
channel-voice = 電話
channel-push = プッシュ通知
fact-cost = 費用
confirm-cost = 全員に一度送ると約 { $amount }


## 電話をかける人

still-title = あなたへの対応は続いています
still-title-drill = 訓練終了
still-open = 安否確認は終了しましたが、あなたへの対応は終わっていません。
button-end-allclear = 補足なしで終了する
button-end-calloff = 補足なしで取り消す
form-sent-please = 報告は送信済みです。駆けつける人のために教えてください。
incident-sent-as-is = ここまでの内容で報告を送信しました。あとから追加できます。
button-mistake = 間違いでした
sure-mistake = この報告を取り消しますか？
sure-mistake-how = 呼び出した人に、間違いだったことを知らせます。
sure-mistake-yes = はい、間違いでした
sure-mistake-no = いいえ、本当です
incident-kept = わかりました。報告はそのままです。呼び出しを続けます。
incident-taken-back = 取り消しました。呼び出した人に知らせます。
incident-mistake = 間違いによる報告とのこと：{ $name } { $when }
note-mistake = 間違いによる報告として取り消し
note-urgent = 助けを求めました
sure-safe = { $name }さんの無事を確認しましたか？
sure-safe-how = 確認すると、{ $name }さんのための呼び出しは終わります。
sure-safe-yes = はい、無事です
sure-safe-no = まだです
cry-goes-on = わかりました。助けの要請は続けます。
cry-undo = まだ助けが必要
person-unreached = 誰とも連絡がつかない
confirm-by-page = { $count }人はウェブページだけが連絡手段です。ページを開くまで質問は届きません。
alarm-channel-over = { $channel }が復旧しました。待っていたメッセージを送信しています。
alarm-database-over = データベースが約{ $span }ぶりに復旧しました。その間に受け付けられなかったものは記録されていません。送った人には伝えてあります。
slip-find = またはTelegramで{ $bot }を検索し、下のコードを送ってください。
for-relative = 家族から無事と聞いた
for-wrong = 番号違い
for-unaffected = 影響なし
recorded-for-relative = 「家族から無事と聞いた」と記録しました。
recorded-for-wrong = 「番号違い」と記録しました。この番号はもう表示されません。
checkin-recorded-for-relative = { $when }　{ $name }さんが代わりに「家族から無事と聞いた」と回答しました。
handout-title = { $count }人に電話をお願いします
handout-hint = 電話の結果を選んでください。{ $span }の間記録がないと、ほかの人に依頼します。
handout-done = ここでの電話は終わりです。ありがとうございます。
person-asked-by = 送信済み：{ $ways }
person-called-by = { $name }さんが電話中
onecall-title = { $name }さんへの電話の結果は？
button-correct = 訂正する
call-elsewhere = 今はほかの人が電話しています。
call-not-in-hand = この方への電話は、もうあなたの担当ではありません。何も記録されていません。
command-shownumber-words = 上司に番号を見せる|番号を見せる|電話番号を見せる
command-hidenumber-words = 番号を隠す|電話番号を隠す|番号を見せない
number-shown = 連絡がつかないとき、上司またはその代わりの人が電話のためにあなたの番号を見られます。やめるには「番号を隠す」。
number-hidden = あなたの番号は誰にも表示されません。
number-none = あなたの電話番号は登録されていません。

## Board

command-board-words = ボード|管理ボード|ダッシュボード
menu-board = ボードを開く
board-open = ボードを開く
board-link-how = このリンクでボードにログインできます。ご本人のみ、1回だけ、{ $when }まで有効です。ほかの人に渡さないでください。
board-link-used = このリンクは使用済みです。必要なときに新しいリンクを取得してください。
board-link-expired = このリンクは期限切れです。必要なときに新しいリンクを取得してください。
button-board-again = 新しいリンクを取得
board-title = ボード
board-signin-title = ボードにログイン
board-signin-how = このリンクはあなた専用です。この端末でログインするにはボタンを押してください。
board-signin-do = ログイン
board-signin-bad = このリンクはもう使えません。Renrakuに「ボード」と送ると、新しいリンクが届きます。
board-signed-out = ログインしていません。Renrakuに「ボード」と送ると、リンクが届きます。
board-signout = ログアウト
board-signout-everywhere = すべての端末でログアウト
board-not-yours = 表示する権限がないか、存在しません。お急ぎの場合は担当者に電話してください。
board-elsewhere = 別のページから送信されたため受け付けませんでした。ボードから操作してください。
board-skip = 本文へ移動
board-nav = ページ
board-nav-now = 現在
board-nav-incidents = 報告
board-nav-people = メンバー
board-nav-tree = 連絡網
board-nav-ready = 備え
board-real = 本番
board-running = 開始から{ $span }
board-ended = 終了
board-no-rollcall = 実施中の安否確認はありません。
board-open-incidents = 対応中の報告
board-ended-lately = これまでの安否確認
board-list-title = 一覧
board-all-groups = 全員を表示
board-nobody-missing = 未回答の人はいません。
board-nobody-here = 該当する人はいません。
board-next = 次のページ
board-look-again = 最新の状況を見る
board-actions = 操作
button-message = グループに連絡
button-prolong = 遅れた回答の受付を延長
board-heads = 点呼
board-print = 印刷
board-export-excel = Excelファイル
board-export-csv = CSVファイル
board-said-by = { $name }が回答
board-away = 不在
board-curve = 回答の推移
board-curve-alt = { $span }で{ $count }人中{ $done }人が回答しました。
board-curve-not-yet = 未達
board-delivery = 送信状況
board-queued = 送信待ち
board-handed = 送信済み
board-remaining = すべて送り終わるまで約{ $span }です。
board-failed = { $count }人にはどの方法でも届いていません。
board-callers = 電話を担当している人
board-callers-open = 残り{ $count }人
board-callers-done = { $count }人確認済み
board-callers-last = 最終 { $when }
board-callers-never = まだ記録なし
board-spots = 共有された場所
board-changes = 操作の記録
board-did-launched = 安否確認を開始
board-did-closed = 終了を宣言
board-did-cancelled = 取り消し
board-did-messaged = グループに連絡を送信
board-did-prolonged = 遅れた回答の受付を延長
board-did-visitor = 来訪者を1人追加
board-did-cried = 「助けが必要」と回答
board-did-taken = { $name }の対応を引き受け
board-did-answered-safe = { $name }を無事と記録
board-did-answered-help = { $name }を要救助と記録
board-did-answered-unaffected = { $name }を影響なしと記録
board-did-answered-relative = { $name }を「家族から無事と聞いた」と記録
board-did-tried = { $name }に電話、応答なし
board-did-retracted = { $name }についての記録を取り消し
board-did-handed = { $count }人への電話を担当
board-state-reported = 未対応
board-state-taken = 対応中
board-state-closed = 完了
board-state-dismissed = 対応不要
board-samples = 各言語でのメッセージを見る
board-sure = 全員に誤りだったと連絡します。取り消すには { $count } と入力してください。
message-title = 安否確認についての連絡
rollcall-messaged = 連絡を送信しています。
rollcall-prolonged = 遅れた回答の受付を延長しました。
rollcall-not-over = この安否確認は実施中で、回答を受け付けています。
visitor-noted = 追加しました。
note-visitor = 来訪者を追加
ask-message-group = だれに送りますか？
option-message-group-silent = 未回答の人
option-message-group-help = 助けが必要な人
option-message-group-safe = 無事・影響なしの人
option-message-group-everyone = 質問した全員
ask-message-text = 内容を入力してください。
ask-prolong-time = どのくらい延長しますか？
option-prolong-time-day = 1日
option-prolong-time-week = 1週間
option-prolong-time-month = 30日
ask-visitor-name = どなたですか？
ask-visitor-site = どの拠点ですか？
button-visitor = 来訪者を追加
button-resume-message = 連絡の作成を続ける
button-resume-prolong = 延長の手続きを続ける
button-resume-visitor = 来訪者の追加を続ける
board-no-incidents = 表示する報告はありません。
board-search = 名前・拠点・部署・社員番号
board-search-do = 検索
board-no-way = 連絡手段なし
board-unproven-ways = 連絡手段{ $count }件（未確認）
board-proven-ways = 確認済みの連絡手段{ $count }件
board-proven-at = 最終確認 { $when }
board-role-safety = 安全担当
board-role-admin = 管理者
board-role-responder = 初動対応者
board-lead = 上長：{ $name }
board-deputy = 代理：{ $name }
board-no-deputy = 代理なし
board-below = 配下{ $count }人
board-directly-below = 直属のメンバー
board-top = 最上位
board-staff = 名簿に{ $count }人
board-gap-unreachable = 連絡手段なし
board-gap-unreachable-why = 使える連絡先がありません。緊急時は上長が直接確認することになります。
board-gap-unproven = 一度も確認していない
board-gap-unproven-why = 連絡先はありますが、一度も応答がありません。訓練で確認できます。
board-gap-leadless = 上長が未設定
board-gap-leadless-why = 応答がないときに確認を頼める人がいません。
board-gap-deputyless = 代理のいない上長
board-gap-deputyless-why = 不在のときは、その上の人に連絡が回ります。
board-gap-none = 該当者なし
board-printed = { $when }現在
board-print-cut = 先頭の{ $count }件のみです。全件はファイルをご覧ください。
board-key = 社員番号
board-name = 名前
board-answer = 回答
board-answered-at = 回答日時
board-answered-by = 代理回答者
board-asked = 質問回数
board-called = 応答のない電話
board-all-sites = すべての拠点
board-visitors = 来訪者
board-delivered = 到達
board-opened = 開封
board-refused = 失敗
board-callers-hand = いま{ $count }人を担当
board-did-wrong = { $name }に電話、番号違い
board-seen-here = ここで確認
board-answered-unseen = 無事と回答・ここでは未確認
recorded-seen = ここで確認したと記録しました。
recorded-seen-help = ここで確認したと記録しました。この人は助けを求めています。呼び出しは続いています。
undone-seen = 取り消しました。ここでは未確認です。
seen-not-yours = ほかの人が付けた印です。ここでは取り消せません。
board-did-seen = 点呼で{ $name }を確認
board-did-unseen = 点呼の{ $name }の印を取り消し
board-list-of = { $when } 時点の名簿
form-optional = 任意
board-begun = { $when }に始めたもので、まだ送信していません。
board-go-on = 続ける
board-begin-anew = 最初からやり直す
board-sent-already = このフォームは送信済みです。こちらがその後の状況です。
board-nav-settings = 設定
board-settings-how = 表示のみです。変更は設定ファイルまたは環境変数で行い、Renraku を再起動してください。
board-settings-checks = 確認が必要な点
board-settings-look = 要確認
board-settings-bad = 要対応
board-settings-well = 問題はありません。
board-settings-looked = 確認済みで問題なし：{ $count }
board-settings-changed = 設定あり：{ $count }
board-settings-set = 設定済み
board-settings-not-set = 未設定
board-settings-from-default = 既定値
board-settings-from-file = 設定ファイル
board-settings-from-environment = 環境変数
board-settings-from-option = 起動時に指定
board-settings-database = データベース
board-settings-servers = 稼働中のサーバー
board-settings-imported = 名簿の取り込み
board-settings-never = 記録なし
board-settings-backup = データベースとマスターキーの控えを、別々の場所に保管してください。キーがなければ連絡先は二度と読めません。
board-settings-languages = 言語
board-settings-working = 有効な連絡先：{ $count }
board-settings-failing = 届かない：{ $count }
board-settings-queued = 送信待ち：{ $count }
board-settings-rate = 毎秒：{ $rate }
board-settings-open = 使用中
board-settings-closed = 使用不可
board-settings-blocked = { $when } まで待機を求められています
board-find-number = 名前から社員番号を探す
board-find-more = ほかにも該当者がいます。もう少し詳しく入力してください。
board-seen-at = 確認日時
board-seen-by = 確認者
board-time-zone = タイムゾーン
board-kind = 本番・訓練
board-event = 通知の文面
board-rollcall-id = 安否確認の番号
board-started-at = 開始日時
board-ended-at = 終了日時
