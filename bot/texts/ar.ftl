### Renraku بالعربية الفصحى.
###
### يُقرأ على الهاتف بيد واحدة وقت الطوارئ: جمل قصيرة وواضحة، بلا لوم لأحد.
### المفاتيح المنتهية بـ -words تسرد ما يكتبه الناس، مفصولاً بعلامة |.
### حيث يرد عدد تُذكر صيغ الجمع الست كلها.

## الإجابات عن «هل أنت بأمان؟»: أزرار وكتابة

answer-safe = أنا بخير
answer-safe-words = أنا بخير|انا بخير|بخير|نحن بخير|كلنا بخير|أنا بأمان|انا بأمان|انا بامان|بأمان|بامان|أنا سالم|أنا سالمة|انا سالم|انا سالمة|سالم|سالمة|لم أصب|لم أصب بأذى|بخير الحمد لله|الحمد لله بخير
answer-help = أحتاج إلى مساعدة
answer-help-words = أحتاج إلى مساعدة|احتاج الى مساعدة|أحتاج مساعدة|احتاج مساعدة|أحتاج إلى المساعدة|أحتاج المساعدة|احتاج المساعدة|ساعدوني|ساعدني|النجدة|نجدة|أنقذوني|انقذوني|أنا مصاب|أنا مصابة|انا مصاب|انا مصابة|أنا محاصر|أنا محاصرة|انا محاصر|انا محاصرة|أنا عالق|أنا عالقة|لست بأمان|لست بخير
cry-words = أحتاج إلى مساعدة|أحتاج الى مساعدة|احتاج إلى مساعدة|احتاج الى مساعدة|أحتاج مساعدة|احتاج مساعدة|نحتاج إلى مساعدة|نحتاج الى مساعدة|نحتاج مساعدة|بحاجة إلى مساعدة|بحاجة الى مساعدة|ساعدوني|ساعدني|ساعدونا|النجدة|أنقذوني|انقذوني|أنقذونا|انقذونا|محاصر|عالق|مصاب|جريح|ينزف|أنزف|لا أستطيع التنفس|لا أستطيع الحركة|لا استطيع الحركة|ساقي مكسورة|ذراعي مكسورة|يدي مكسورة|كسرت ساقي|كسرت ذراعي|انكسرت
cry-not-words = لا|لست|لسنا|ليس|لم|لن|غير|بدون|دون
answer-unaffected = لم أتأثر
answer-unaffected-words = لم أتأثر|لم اتأثر|لم اتاثر|غير متأثر|غير متأثرة|غير متاثر|لست هناك|لست في الموقع

## إجابات نيابةً عن غيرهم: أزرار

for-safe = بخير (هاتفياً)
for-help = بحاجة إلى مساعدة
for-tried = لا يوجد رد
for-now-safe = بخير الآن

## السؤال الموجَّه إلى كل شخص

badge-drill = تمرين
drill-note = هذا تمرين ولم يحدث شيء. يُرجى الإجابة كما لو كان الأمر حقيقياً.
checkin-title = هل أنت بأمان؟
checkin-reminder = { $count ->
    [zero] تذكير: لم تصلنا إجابتك بعد.
    [one] تذكير: لم تصلنا إجابتك بعد.
    [two] تذكير ثانٍ: لم تصلنا إجابتك بعد.
    [few] التذكير رقم { $count }: لم تصلنا إجابتك بعد.
    [many] التذكير رقم { $count }: لم تصلنا إجابتك بعد.
   *[other] التذكير رقم { $count }: لم تصلنا إجابتك بعد.
  }
checkin-recorded-safe = سُجّل، { $when }: «أنا بخير». شكراً.
checkin-recorded-help = سُجّل، { $when }: «أحتاج إلى مساعدة».
checkin-recorded-unaffected = سُجّل، { $when }: «لم أتأثر». شكراً.
checkin-recorded-for-safe = إجابة { $name } نيابةً عنك، { $when }: «بخير».
checkin-recorded-for-help = إجابة { $name } نيابةً عنك، { $when }: «بحاجة إلى مساعدة».
checkin-recorded-for-unaffected = إجابة { $name } نيابةً عنك، { $when }: «لا تأثر بالحدث».
checkin-told = تم إبلاغ: { $names }. سنواصل الإبلاغ حتى يتولى أحدهم الأمر.
checkin-told-nobody = لا يوجد من يمكن إبلاغه آلياً. يُرجى طلب المساعدة هاتفياً.
checkin-taken = الأمر الآن في عهدة { $name }.
checkin-taker-left = لم يعد الأمر في عهدة { $name }. يجري استدعاء شخص آخر الآن.
checkin-danger = عند وجود خطر على الحياة، يُرجى الاتصال بالطوارئ فوراً.
checkin-danger-drill = هذا تمرين. عند الحاجة الحقيقية إلى المساعدة، يُرجى الاتصال بالطوارئ فوراً.
checkin-change = يمكنك تغيير إجابتك في أي وقت.
checkin-late = انتهى تفقّد السلامة، وما زالت إجابتك مهمة.
checkin-over = انتهى تفقّد السلامة. لا يلزمك فعل شيء.
checkin-cancelled-title = أُلغي: لا حاجة إلى الإجابة
checkin-cancelled = أُرسلت هذه الرسالة بالخطأ. لا يلزمك فعل شيء.

## تفقّد السلامة نفسه

rollcall-from = من { $name }، { $organisation }، { $when }
rollcall-about = الموضوع: { $words }
rollcall-ended = انتهى بقرار من { $name }، { $when }
rollcall-launched = { $count ->
    [zero] بدأ التفقّد، ولا أحد في نطاقه.
    [one] بدأ التفقّد: يُسأل شخص واحد.
    [two] بدأ التفقّد: يُسأل شخصان.
    [few] بدأ التفقّد: يُسأل { $count } أشخاص.
    [many] بدأ التفقّد: يُسأل { $count } شخصاً.
   *[other] بدأ التفقّد: يُسأل { $count } شخص.
  }
rollcall-closed = انتهى تفقّد السلامة. سيُبلَّغ كل من سُئل بزوال الخطر.
rollcall-cancelled = أُلغي التفقّد. سيُبلَّغ كل من سُئل بأنه كان خطأً.
rollcall-already-over = انتهى هذا التفقّد من قبل.
rollcall-was-cancelled = أُلغي هذا التفقّد. لا حاجة إلى الإجابة.
rollcall-too-late = انتهى هذا التفقّد ولم يعد يقبل الإجابات. عند الحاجة إلى مساعدة يُرجى الاتصال هاتفياً.
scope-everyone = جميع العاملين في { $organisation }
scope-site = الموقع: { $names }
scope-team = الفريق: { $names }
scope-under = جميع مرؤوسي { $name }
scope-list = { $count ->
    [zero] لا أحد
    [one] شخص محدد واحد
    [two] شخصان محددان
    [few] { $count } أشخاص محددين
    [many] { $count } شخصاً محدداً
   *[other] { $count } شخص محدد
  }

## الرد على ما سُجّل

recorded-safe = سُجّل: «أنا بخير». شكراً.
recorded-help = سُجّل: «أحتاج إلى مساعدة». نبلغ المسؤولين الآن.
recorded-unaffected = سُجّل: «لم أتأثر». شكراً.
recorded-for-safe = سُجّل: بخير.
recorded-for-help = سُجّل: بحاجة إلى مساعدة. نبلغ المسؤولين الآن.
recorded-for-unaffected = سُجّل: لا تأثر بالحدث.
recorded-for-tried = سُجّل: جرت محاولة الاتصال ولا يوجد رد.
already-answered = وصلت الإجابة في هذه الأثناء.
undone = أُلغي التسجيل: لا إجابة بعد.
undo-not-yours = هذه إجابة الشخص نفسه أو غيره، ولا يمكنك إلغاؤها.

## قائمة الاتصال لدى المسؤول

worklist-title = بانتظار الاتصال: { $count } من { $all }
worklist-hint = يُرجى الاتصال بهم، ثم اختيار ما تبيّن.
worklist-in-hand = { $count ->
    [zero] لا أحد في بطاقتك الأخرى.
    [one] شخص آخر في بطاقتك الأخرى: يُرجى الاتصال به الآن.
    [two] شخصان آخران في بطاقتك الأخرى: يُرجى الاتصال بهما الآن.
    [few] { $count } آخرون في بطاقتك الأخرى: يُرجى الاتصال بهم الآن.
    [many] { $count } آخرون في بطاقتك الأخرى: يُرجى الاتصال بهم الآن.
   *[other] { $count } آخرون في بطاقتك الأخرى: يُرجى الاتصال بهم الآن.
  }
worklist-range = من { $first } إلى { $last }، والمجموع { $all }
worklist-next = التالي ({ $count })
worklist-first = العودة إلى البداية
worklist-done = { $count ->
    [zero] لا أحد بانتظار الاتصال
    [one] تم: عُرف حال الشخص
    [two] تم: عُرف حال الشخصين
    [few] تم: عُرف حال { $count } أشخاص
    [many] تم: عُرف حال { $count } شخصاً
   *[other] تم: عُرف حال { $count } شخص
  }
worklist-over = انتهى تفقّد السلامة: لا حاجة إلى اتصالات أخرى
worklist-cancelled = أُلغي تفقّد السلامة: لا حاجة إلى اتصالات أخرى

## شخص في قائمة

person-asked = { $count ->
    [zero] لم يُسأل بعد
    [one] سُئل مرة واحدة
    [two] سُئل مرتين
    [few] سُئل { $count } مرات
    [many] سُئل { $count } مرة
   *[other] سُئل { $count } مرة
  }
person-page-closed = لم تُفتح صفحته بعد
way-unopened = { $way } (لم تُفتح)
person-unreachable = لم تصل إليه أي رسالة
person-tried = { $count ->
    [zero] لم يُجرَ اتصال
    [one] اتصال واحد دون رد
    [two] اتصالان دون رد
    [few] { $count } اتصالات دون رد
    [many] { $count } اتصالاً دون رد
   *[other] { $count } اتصال دون رد
  }
person-needs-help = بحاجة إلى مساعدة منذ { $when }
person-taken = الأمر في عهدة { $name }
and-more = { $count ->
    [zero] لا مزيد
    [one] واحد آخر
    [two] اثنان آخران
    [few] { $count } أخرى
    [many] { $count } أخرى
   *[other] { $count } أخرى
  }
and-more-people = { $count ->
    [zero] لا أحد غيرهم
    [one] شخص آخر
    [two] شخصان آخران
    [few] { $count } آخرون
    [many] { $count } آخرون
   *[other] { $count } آخرون
  }

## الحصيلة

tally-title = الإجابات: { $done } من { $count }
tally-title-closed = انتهى تفقّد السلامة. الإجابات: { $done } من { $count }
tally-title-cancelled = أُلغي تفقّد السلامة
tally-sending = { $count ->
    [zero] لم يبقَ ما يُرسل.
    [one] بقي سؤال واحد للإرسال، نحو { $span }.
    [two] بقي سؤالان للإرسال، نحو { $span }.
    [few] بقيت { $count } أسئلة للإرسال، نحو { $span }.
    [many] بقي { $count } سؤالاً للإرسال، نحو { $span }.
   *[other] بقي { $count } سؤال للإرسال، نحو { $span }.
}
tally-launching = جارٍ الإرسال: { $done } من { $count }
tally-help = بحاجة إلى مساعدة
tally-missing = بلا إجابة بعد
tally-held = لم يُسألوا بعد
tally-safe = بخير
tally-unaffected = لم يتأثروا
tally-relative = قريب يؤكد السلامة
tally-unreached = { $count ->
    [zero] أمكن الوصول إلى الجميع.
    [one] تعذّر الوصول إلى شخص واحد. يُرجى تكليف من يبحث عنه.
    [two] تعذّر الوصول إلى شخصين. يُرجى تكليف من يبحث عنهما.
    [few] تعذّر الوصول إلى { $count } أشخاص. يُرجى تكليف من يبحث عنهم.
    [many] تعذّر الوصول إلى { $count } شخصاً. يُرجى تكليف من يبحث عنهم.
   *[other] تعذّر الوصول إلى { $count } شخص. يُرجى تكليف من يبحث عنهم.
  }
tally-in-need = { $count ->
    [zero] لا أحد بحاجة إلى مساعدة
    [one] شخص واحد بحاجة إلى مساعدة
    [two] شخصان بحاجة إلى مساعدة
    [few] { $count } أشخاص بحاجة إلى مساعدة
    [many] { $count } شخصاً بحاجة إلى مساعدة
   *[other] { $count } شخص بحاجة إلى مساعدة
  }
tally-silent = { $count ->
    [zero] أجاب الجميع
    [one] لا إجابة من شخص واحد
    [two] لا إجابة من شخصين
    [few] لا إجابة من { $count } أشخاص
    [many] لا إجابة من { $count } شخصاً
   *[other] لا إجابة من { $count } شخص
  }
tally-sites = حسب الموقع
tally-teams = حسب الفريق
tally-no-site = بلا موقع
tally-no-team = بلا فريق
tally-row-help = بحاجة إلى مساعدة: { $count }
tally-row-missing = بلا إجابة: { $count } من { $all }
tally-row-held = لم يُسألوا بعد: { $count }
tally-row-done = أجاب الجميع ({ $count })
button-allclear = زال الخطر: إنهاء التفقّد
button-calloff = إلغاء (أُرسل بالخطأ)

## شخص بحاجة إلى مساعدة

cry-title = { $name } بحاجة إلى مساعدة
cry-hint = أين أنت؟ ماذا حدث؟
cry-noted = نُقل كلامك إلى من جرى إبلاغهم.
cry-title-over = لم تعد هناك حاجة إلى مساعدة { $name }
cry-title-cancelled = أُلغي: { $name }
cry-ask = هل يمكنك تولي الأمر؟ سنواصل الإبلاغ حتى يتولاه أحد.
cry-drill = هذا تمرين. يُرجى التصرف كما لو كان الأمر حقيقياً.
cry-said-by = وفق إفادة { $name }، { $when }

## الاستدعاء

page-taken = الأمر الآن في عهدتك، ويرى الآخرون ذلك.
page-yours = الأمر في عهدتك.
page-already-taken = الأمر في عهدة شخص آخر.
page-over = انتهى الأمر. لا يلزمك فعل شيء.
page-told = تم إبلاغ: { $names }

## نهاية التفقّد، لكل من سُئل

allclear-title = زال الخطر
allclear-title-drill = انتهى التمرين
allclear-thanks = انتهى تفقّد السلامة. شكراً على إجابتك.
allclear-thanks-drill = شكراً على مشاركتك.
cancelled-title = يُرجى تجاهل تفقّد السلامة الأخير
cancelled-note = أُرسل بالخطأ، ولا يلزمك فعل شيء. نعتذر عن الإزعاج.
cancelled-note-drill = أُلغي التمرين. لا يلزمك فعل شيء.

## الحادث

incident-title = { $kind }: { $place }
incident-waiting = لم يتولَّ أحد الأمر بعد. هل يمكنك توليه؟
incident-mine-sent = { $count ->
    [zero] لم يُبلَّغ أحد بعد.
    [one] أُبلغ شخص واحد. لم يتولَّ أحد الأمر بعد، وسنواصل الإبلاغ.
    [two] أُبلغ شخصان. لم يتولَّ أحد الأمر بعد، وسنواصل الإبلاغ.
    [few] أُبلغ { $count } أشخاص. لم يتولَّ أحد الأمر بعد، وسنواصل الإبلاغ.
    [many] أُبلغ { $count } شخصاً. لم يتولَّ أحد الأمر بعد، وسنواصل الإبلاغ.
   *[other] أُبلغ { $count } شخص. لم يتولَّ أحد الأمر بعد، وسنواصل الإبلاغ.
  }
incident-taken = الأمر في عهدة { $name } منذ { $when }.
incident-ended-closed = أُغلق: { $name }، { $when }
incident-ended-dismissed = تقرّر أنه لا يستدعي إجراءً: { $name }، { $when }
incident-reason = { $what }: { $reason }
incident-hurt-someone = توجد إصابات.
incident-hurt-unknown = لا يُعرف إن كانت هناك إصابات.
incident-hurt-nobody = لا توجد إصابات.
state-reported = لم يتولَّه أحد بعد
state-taken = قيد المعالجة
severity-routine = عادية
severity-serious = عالية
severity-critical = حرجة

incident-sent = أُرسل البلاغ. يجري استدعاء المسؤولين الآن.
incident-sent-nobody = سُجّل البلاغ، لكن لا يوجد من يستقبله. يُرجى الاتصال هاتفياً الآن.
incident-is-over = انتهى هذا البلاغ ولا يقبل تغييرات أخرى.
incident-updated = تمت الإضافة، ويراها كل من يعالج البلاغ.
incident-noted = دُوّن في سجل الأحداث.
incident-closed = أُغلق البلاغ. سيُبلَّغ مقدّمه بذلك.
incident-dismissed = صُنّف البلاغ على أنه لا يستدعي إجراءً. سيُبلَّغ مقدّمه بذلك.
photo-added = أُضيفت الصورة.

button-take = سأتولى الأمر
button-note = إضافة ملاحظة
button-rollcall = بدء تفقّد السلامة
button-close = إغلاق
button-dismiss = لا يستدعي إجراءً
button-everything = عرض كل شيء
button-show = فتح

## سجل الأحداث

everything-part = الجزء { $first } من { $all }
everything-next = الجزء التالي
everything-first = من البداية
timeline-title = سجل الأحداث
timeline-line = { $when } { $name }: { $text }
timeline-nobody = Renraku
note-reported = تقديم البلاغ
note-taken = تولي الأمر
note-taker-left = مغادرة المؤسسة، ويجري استدعاء آخرين
note-closed = إغلاق البلاغ
note-dismissed = لا يستدعي إجراءً
note-photo = إضافة صورة
note-rollcall = بدء تفقّد السلامة
note-edited = غيّر ما كتبه
note-deleted = سحب ما كتبه
note-with-words = { $what }: { $text }

## ما يُبلَّغ به مقدّم البلاغ

told-taken = بلاغك الآن في عهدة { $name }.
told-taker-left = لم يعد بلاغك في عهدة { $name }. يجري استدعاء شخص آخر الآن.
told-closed = أُغلق بلاغك من قِبل { $name }.
told-dismissed = بعد اطلاع { $name } على بلاغك: لا يستدعي إجراءً.
told-about = بلاغك: { $incident }

## عناوين البيانات

fact-who = المعنيون
fact-people = العدد
fact-how = الطريقة
fact-channels = وسيلة الاتصال
fact-duration = مدة الإرسال
fact-place = المكان
fact-site = الموقع
fact-team = الفريق
fact-since = منذ
fact-said-by = حسب إفادة
fact-severity = الخطورة
fact-reporter = مقدّم البلاغ
fact-time = الوقت

## نموذج البلاغ

ask-incident-kind = ماذا حدث؟
ask-incident-place = أين؟
ask-incident-hurt = هل أُصيب أحد؟
ask-incident-details = ماذا ينبغي أن يعرفه أيضاً من سيحضر؟
ask-incident-photo = هل يمكنك إرسال صورة؟ فقط إن كان ذلك آمناً.
option-incident-hurt-nobody = لا أحد
option-incident-hurt-nobody-words = لا|لا أحد|لا احد|لا يوجد|لا توجد إصابات|لا إصابات
option-incident-hurt-someone = نعم، توجد إصابات
option-incident-hurt-someone-words = نعم|توجد إصابات|هناك مصاب|أنا|أنا مصاب|أنا مصابة
option-incident-hurt-unknown = لا أعرف
option-incident-hurt-unknown-words = لا أعرف|لا اعرف|لا أدري|لا ادري|غير معروف|لست متأكداً|لست متأكدة

## نموذج تفقّد السلامة

ask-rollcall-drill = هل هذه حالة حقيقية أم تمرين؟
option-rollcall-drill-real = حالة طوارئ حقيقية
option-rollcall-drill-real-words = حقيقي|حقيقية|حالة حقيقية|طوارئ|ليس تمريناً
option-rollcall-drill-drill = تمرين
option-rollcall-drill-drill-words = تمرين|تدريب|اختبار|تجربة
ask-rollcall-who = من الذين يُسألون؟
option-rollcall-who-everyone = الجميع
option-rollcall-who-everyone-words = الجميع|الكل|كل الناس
option-rollcall-who-site = الموقع { $name }
option-rollcall-who-team = الفريق { $name }
option-rollcall-who-under = { $count ->
    [zero] مرؤوسيّ (لا أحد)
    [one] مرؤوسي الوحيد
    [two] مرؤوساي الاثنان
    [few] مرؤوسيّ: { $count } أشخاص
    [many] مرؤوسيّ: { $count } شخصاً
   *[other] مرؤوسيّ: { $count } شخص
  }
option-rollcall-who-under-words = مرؤوسي|فريقي|موظفي
option-rollcall-who-list = أشخاص محددون
option-rollcall-who-list-words = قائمة|أشخاص محددون|اشخاص محددون|أسماء
ask-rollcall-people = من هم؟ يُرجى كتابة أرقامهم الوظيفية مفصولة بمسافات أو فواصل.
ask-rollcall-words = ماذا تقول الرسالة؟
option-rollcall-words-general = يُرجى إخبارنا: هل أنت بأمان؟
option-rollcall-words-earthquake = وقع زلزال. هل أنت بأمان؟
option-rollcall-words-fire = اندلع حريق. يُرجى مغادرة المبنى. هل أنت بأمان؟
option-rollcall-words-drill = تمرين تفقّد السلامة: يُرجى الإجابة.
option-rollcall-words-incident = { $incident }. هل أنت بأمان؟
ask-rollcall-mode = كيف يُسألون؟
option-rollcall-mode-broadcast = الجميع في وقت واحد
option-rollcall-mode-broadcast-words = معاً|معا|دفعة واحدة|في وقت واحد
option-rollcall-mode-cascade = شجرة الاتصال، مستوى بعد مستوى
option-rollcall-mode-cascade-words = شجرة الاتصال|بالتسلسل|مستوى بعد مستوى
ask-rollcall-confirm = للإرسال، يُرجى كتابة عدد الأشخاص
ask-rollcall-start = هل نبدأ التمرين؟
option-rollcall-start-start = بدء التمرين
option-rollcall-start-start-words = نعم|ابدأ التمرين|أرسل|إرسال
confirm-real = هذه حالة حقيقية وليست تمريناً.
confirm-drill = هذا تمرين، وستذكر كل رسالة ذلك.
confirm-channel = { $channel }: { $count }
confirm-span = نحو { $span }
confirm-at-once = لحظات
confirm-unreachable = { $count ->
    [zero] يمكن الوصول إلى الجميع.
    [one] شخص واحد بلا وسيلة اتصال: سيُطلب من مسؤوله الاتصال به.
    [two] شخصان بلا وسيلة اتصال: سيُطلب من مسؤولَيهما الاتصال بهما.
    [few] { $count } أشخاص بلا وسيلة اتصال: سيُطلب من مسؤوليهم الاتصال بهم.
    [many] { $count } شخصاً بلا وسيلة اتصال: سيُطلب من مسؤوليهم الاتصال بهم.
   *[other] { $count } شخص بلا وسيلة اتصال: سيُطلب من مسؤوليهم الاتصال بهم.
  }
confirm-hint = يُرجى كتابة { $count }
channel-web = محادثة الويب
channel-console = الطرفية
channel-phone = الهاتف
channel-slack = Slack
channel-telegram = Telegram

## نماذج أخرى

ask-note-which = عن أي حادث؟
ask-note-text = ماذا نُدوّن؟
ask-close-reason = ماذا جرى لمعالجته؟ سيقرأ ذلك مقدّم البلاغ.
ask-dismiss-reason = لماذا لا يستدعي إجراءً؟ سيقرأ ذلك مقدّم البلاغ.
ask-allclear-words = هل من إضافة إلى رسالة زوال الخطر؟
ask-calloff-words = هل من إضافة إلى رسالة التصحيح؟

## كل النماذج

form-progress = { $done } من { $all }
form-progress-unsent = { $done } من { $all }، ثم يُرسل
form-about = الموضوع: { $what }
form-sent-more = أُرسل بلاغك. هذا إضافي ويمكن تخطيه.
form-done = هذا كل شيء. شكراً.
form-skipped = تُرك بلا إجابة
form-own-words = اختيار من القائمة أو كتابة حرة
form-type-name = اختيار من القائمة أو كتابة الاسم
form-more-options = { $count ->
    [zero] لا خيارات أخرى.
    [one] خيار آخر: يُرجى كتابة اسمه.
    [two] خياران آخران: يُرجى كتابة الاسم.
    [few] { $count } خيارات أخرى: يُرجى كتابة الاسم.
    [many] { $count } خياراً آخر: يُرجى كتابة الاسم.
   *[other] { $count } خيار آخر: يُرجى كتابة الاسم.
  }
page-next = التالي
page-send = إرسال
page-send-real = الإرسال الآن
button-back = رجوع
button-cancel = إلغاء
button-skip = تخطٍّ
button-change = تغيير
button-resume-incident = متابعة البلاغ
button-resume-rollcall = متابعة إعداد التفقّد
button-resume-note = متابعة الملاحظة
button-resume-close = متابعة إغلاق البلاغ
button-resume-dismiss = متابعة تصنيف البلاغ
button-resume-allclear = متابعة إعلان زوال الخطر
button-resume-calloff = متابعة إلغاء التفقّد
draft-cancelled = أُلغي. لم يُرسل شيء.
draft-finished = حسناً. ما أُرسل يبقى كما هو.
draft-resumed = كنت قد بدأت هذا النموذج. نتابع من حيث توقفت.
draft-nudge = بدأت هذا النموذج ولم يُرسل بعد. هل من متابعة؟
draft-gone = لم يعد هذا النموذج متاحاً.
nothing-to-cancel = لا يوجد نموذج مفتوح الآن.
problem-needed = هذه الإجابة مطلوبة.
problem-number = يُرجى كتابة رقم.
problem-photo = يُرجى إرسال صورة أو التخطي.
problem-too-long = { $limit ->
    [zero] النص طويل. يُرجى اختصاره.
    [one] النص طويل. الحد الأقصى حرف واحد.
    [two] النص طويل. الحد الأقصى حرفان.
    [few] النص طويل. الحد الأقصى { $limit } أحرف.
    [many] النص طويل. الحد الأقصى { $limit } حرفاً.
   *[other] النص طويل. الحد الأقصى { $limit } حرف.
  }
problem-choice = يُرجى اختيار أحد الأزرار أو كتابة رقمه.
count-wrong = العدد هو { $expected }. يُرجى كتابته مرة أخرى.
nobody-in-scope = لا يوجد أحد هناك. يُرجى الاختيار من جديد.
unknown-people = لم نجد: { $keys }. يُرجى التحقق وكتابة جميع الأرقام من جديد.

## أنواع الحوادث والكلمات التي تبدأ بلاغاً.
## يُبحث عن الكلمات داخل الجملة، فلا تُذكر كلمة قد تأتي في سياق عادي.

kind-fire = حريق
kind-fire-words = حريق|حرائق|يحترق|تحترق|اشتعلت النيران|النيران|دخان|انفجار|تسرب غاز|تسرّب غاز|رائحة غاز
kind-earthquake = زلزال
kind-earthquake-words = زلزال|هزة أرضية|هزّة أرضية|هزة ارضية|تسونامي
kind-typhoon = عاصفة أو إعصار
kind-typhoon-words = عاصفة|إعصار|اعصار
kind-flood = فيضان
kind-flood-words = فيضان|سيول|غمرت المياه|تسرب مياه|تسرّب مياه|انهيار أرضي
kind-injury = إصابة أو مرض مفاجئ
kind-injury-words = إصابة|اصابة|إصابات|مصابون|مصابين|أصيب|جريح|جرحى|نزيف|ينزف|إغماء|اغماء|أغمي|فاقد الوعي|فقد الوعي|كسر في|نوبة قلبية|إسعاف|اسعاف
kind-intrusion = اقتحام أو تهديد
kind-intrusion-words = اقتحام|متسلل|سرقة|لصوص|سلاح|مسلح|تهديد|قنبلة|هجوم|شخص مشبوه|طرد مشبوه|جسم مشبوه
kind-data_leak = تسرّب بيانات
kind-data_leak-words = تسرب بيانات|تسرّب بيانات|تسريب بيانات|تسرب معلومات|اختراق|قرصنة|فيروس حاسوب|برنامج فدية|برمجية خبيثة|رسالة تصيد|رسالة مشبوهة|تصيّد
kind-misdirected = أُرسل إلى الجهة الخطأ
kind-misdirected-words = أرسلت بالخطأ|ارسلت بالخطأ|أُرسل بالخطأ|أرسل بالخطأ|مستلم خاطئ|عنوان خاطئ|الشخص الخطأ
kind-lost_device = فقدان هاتف أو حاسوب
kind-lost_device-words = فقدت هاتفي|ضاع هاتفي|فقدت حاسوبي|ضاع حاسوبي|فقدان هاتف|فقدان حاسوب|فقدان جهاز|هاتف مفقود|حاسوب مفقود|جهاز مفقود
kind-lost_badge = فقدان بطاقة أو مفتاح
kind-lost_badge-words = فقدت بطاقتي|ضاعت بطاقتي|فقدان بطاقة|بطاقة مفقودة|فقدت المفتاح|ضاع المفتاح|فقدت مفتاحي|ضاع مفتاحي|فقدان مفتاح|مفتاح مفقود
kind-equipment = عطل في المعدات
kind-equipment-words = عطل في|معطل|تعطل|تعطّل|مكسور|لا يعمل|لا تعمل|خارج الخدمة
kind-outage = انقطاع خدمة
kind-outage-words = انقطاع الكهرباء|انقطعت الكهرباء|انقطاع التيار|انقطاع الإنترنت|انقطع الإنترنت|انقطاع الانترنت|انقطاع الشبكة|انقطاع الماء|توقف النظام|تعطل النظام|تعطل الخادم|لا توجد كهرباء|لا يوجد إنترنت
kind-mistake = خطأ في العمل
kind-mistake-words = خطأ في العمل|خطأ تشغيلي|خطأ بشري|مبلغ خاطئ|طلب خاطئ
kind-public_health = صحة عامة
kind-public_health-words = عدوى|وباء|جائحة|كورونا|كوفيد|إنفلونزا|انفلونزا|تسمم غذائي|تسمّم غذائي|مرض معد
kind-supplier = مشكلة لدى مورّد
kind-supplier-words = المورد|المورّد|تأخر التوريد|لم تصل البضاعة|نقص المواد
kind-reputation = صحافة أو سمعة
kind-reputation-words = صحفي|صحافي|صحفية|الصحافة|شائعة|إشاعة|شائعات|سمعة الشركة
kind-other = أمر آخر
kind-other-words = حالة طارئة|حالة طوارئ|أمر طارئ|وقع حادث|حصل حادث|حادث عمل|حادث سير|حدث شيء

## الأوامر (سطر كامل)

command-report-words = بلاغ|إبلاغ|ابلاغ|تبليغ|بلاغ جديد|أريد الإبلاغ|اريد الابلاغ|تقديم بلاغ
command-rollcall-words = تفقد السلامة|تفقّد السلامة|تفقد|تفقّد|بدء تفقد السلامة|بدء تفقّد السلامة
command-help-words = مساعدة|تعليمات|شرح|كيف يعمل
command-status-words = الحالة|الوضع|المهام|ماذا يجري
command-cancel-words = إلغاء|الغاء|ألغ|توقف|إيقاف
command-back-words = رجوع|عودة|السابق|ارجع
command-skip-words = تخطي|تخط|تخطٍّ|تجاوز|التالي
command-menu-words = القائمة|القائمة الرئيسية|ابدأ|مرحبا|مرحباً|السلام عليكم
command-unlink-words = فك الارتباط|إلغاء الارتباط|إلغاء الاشتراك
command-note-words = ملاحظة|إضافة ملاحظة|اضافة ملاحظة

## القائمة والشرح والحالة

menu-title = كيف يمكننا مساعدتك؟
menu-report = الإبلاغ عن حادث
menu-rollcall = بدء تفقّد السلامة
menu-status = ماذا يجري الآن
menu-status-count = { $count ->
    [zero] لا شيء بانتظارك
    [one] أمر واحد بانتظارك
    [two] أمران بانتظارك
    [few] { $count } أمور بانتظارك
    [many] { $count } أمراً بانتظارك
   *[other] { $count } أمر بانتظارك
  }
menu-help = شرح
help-title = كيف يعمل
help-body = عبر Renraku تُقدَّم البلاغات في { $organisation } ويُطمأنّ على سلامة الجميع.
help-report = للإبلاغ: الزر «الإبلاغ عن حادث»، أو كتابة ما حدث مباشرةً، مثل «حريق في المبنى ب». يُستدعى المسؤولون فوراً.
help-answer = عند السؤال عن سلامتك: يكفي الضغط على إجابة أو كتابتها، مثل «أنا بخير» أو «أحتاج إلى مساعدة». يمكن تغييرها في أي وقت.
help-rollcall = يمكنك بدء تفقّد السلامة: يُسأل من يقع عليهم الاختيار عن سلامتهم، ويظهر لك من لم يُجب.
help-words = كلمات تعمل دائماً: بلاغ، الحالة، مساعدة، إلغاء، رجوع.
help-privacy = ما يُكتب هنا يصل إلى من يعالج الأمر ويُحفظ في السجل.
status-title = ماذا يجري الآن
nothing-waiting = لا شيء بانتظارك.
status-worklist = { $count ->
    [zero] لا أحد بانتظار اتصالك
    [one] شخص واحد بانتظار اتصالك
    [two] شخصان بانتظار اتصالك
    [few] { $count } أشخاص بانتظار اتصالك
    [many] { $count } شخصاً بانتظار اتصالك
   *[other] { $count } شخص بانتظار اتصالك
  }
status-rollcall = تفقّد جارٍ منذ { $when }
status-drill = تمرين: { $words }
duty-title = المناوبون
duty-desk = مكتب السلامة: { $names }
duty-nobody = لا أحد في مكتب السلامة الآن.
duty-above = من يُتصل به أولاً بشأنك: { $names }
said-title = ما كتبته
photo-alt = صورة

## الرد على ما لم يكن متوقعاً

remark-noted = وصلتنا كلماتك، ويمكن لمن يتابع حالتك قراءتها.
remark-unanswered = وصلتنا كلماتك، لكن إجابتك لم تصلنا بعد: هل أنت بأمان؟
remark-title = رسالة من { $name }
checkin-remark = كتبتَ ({ $when }): «{ $text }»
person-wrote = كتب ({ $when }): «{ $text }»
not-understood = لم أفهم ذلك. للإبلاغ يُرجى كتابة ما حدث. وللشرح تُكتب كلمة «مساعدة».
unknown-person = هذا العنوان غير مسجل هنا. يُرجى طلب رابطك الشخصي أو رمزك من جهة عملك. إن كنت في خطر فاتصل برقم الطوارئ.
not-allowed = لا يمكنك القيام بذلك هنا. إن كان الأمر عاجلاً، يُرجى الاتصال بالمسؤول.
button-gone = لم يعد هذا الزر صالحاً. يُرجى استخدام أحدث رسالة أو كتابة «القائمة».
sent-to-you = أُرسل إليك. يُرجى الاطلاع على رسائلك.
something-broke = تعذّر ذلك. سُجّل الخلل ({ $ref }). يُرجى المحاولة مرة أخرى، أو الاتصال هاتفياً إن كان الأمر عاجلاً.
too-fast = طلبات كثيرة في وقت قصير. يُرجى الانتظار قليلاً ثم المحاولة من جديد.
text-cut = { $limit ->
    [zero] كان النص طويلاً جداً ولم يُحفظ.
    [one] كان النص طويلاً جداً. حُفظ الحرف الأول فقط.
    [two] كان النص طويلاً جداً. حُفظ أول حرفين فقط.
    [few] كان النص طويلاً جداً. حُفظت أول { $limit } أحرف فقط.
    [many] كان النص طويلاً جداً. حُفظ أول { $limit } حرفاً فقط.
   *[other] كان النص طويلاً جداً. حُفظ أول { $limit } حرف فقط.
  }
photo-not-expected = لا يوجد بلاغ مفتوح لهذه الصورة. يُرجى تقديم البلاغ أولاً ثم إرسالها.
photo-after-sending = يُرجى الإجابة عن هذه الأسئلة القليلة أولاً، وبعدها يمكن إرسال الصورة.
place-not-expected = لا يوجد بلاغ مفتوح لهذا المكان. يُرجى تقديم البلاغ أولاً ثم إرساله.
edit-unsent = احتفظنا بما كتبته أولاً. للتصحيح يُرجى الضغط على «تغيير» عند السؤال أو الكتابة من جديد.
just-now = الآن

## محادثة الويب

page-title = Renraku
send = إرسال
send-photo = إرسال صورة
type-here = الكتابة هنا
offline = انقطع الاتصال. ما يُرسَل الآن يصل عند عودته.
reconnecting = جارٍ الاتصال…
link-bad = هذا الرابط لا يعمل. يُرجى طلب رابط جديد من جهة عملك.
link-expired = انتهت صلاحية هذا الرابط. يُرجى طلب رابط جديد من جهة عملك.
photo-too-big = الصورة كبيرة جداً. الحد الأقصى { $limit } ميغابايت.
photo-not-a-picture = لا يمكن قراءة هذا الملف كصورة. يُرجى إرسال JPEG أو PNG.
could-not-save = تعذّر الحفظ. يُرجى المحاولة مرة أخرى، أو الاتصال هاتفياً إن كان الأمر عاجلاً.
web-not-understood = تعذّرت قراءة ما أرسلته الصفحة. يُرجى إعادة تحميلها والمحاولة من جديد.
web-skip = الانتقال إلى خانة الكتابة
web-messages = الرسائل
web-older = رسائل أقدم
web-newest = أحدث الرسائل
web-new = رسائل جديدة
web-empty = لا رسائل بعد. يمكنك كتابة ما حدث، أو كلمة «القائمة».
web-look = البحث عن رسائل جديدة
web-remove-photo = إزالة
web-place = مشاركة موقعي
web-place-refused = تعذّر تحديد موقعك. يُرجى كتابته.
web-sending = جارٍ الإرسال…
web-waiting = لم يُرسل بعد، بانتظار الاتصال
web-sent = أُرسل
web-failed = لم يُرسل. المحاولة مرة أخرى
web-no-answer = لم يصل رد. يُرجى المحاولة مرة أخرى، أو الاتصال هاتفياً إن كان الأمر عاجلاً.
web-again = المحاولة مرة أخرى
web-crowded = هذه المحادثة مفتوحة في نوافذ كثيرة. تُحدَّث هذه النافذة من حين إلى آخر فقط.
web-too-long = النص طويل جداً. يُرجى إرساله على أجزاء.
web-elsewhere = جاء هذا من صفحة أخرى ولم يُقبل. يُرجى استخدام صفحة المحادثة نفسها.

## المحادثة في الطرفية

console-you = أنت { $name }. ما تكتبه هنا يُسجَّل بهذا الاسم.
console-how = تُكتب الإجابة أو رقم الزر. لإرسال صورة: /photo ثم اسم الملف. للشرح: /help. للخروج: /quit.
console-moved = ظهر شيء جديد للتو. يُرجى النظر ثم كتابة الرقم من جديد.
console-no-file = تعذّرت قراءة هذا الملف.

## من المراقب إلى المسؤولين

alarm-lost = { $count ->
    [zero] لا أسئلة بلا موعد لإعادة السؤال.
    [one] سؤال واحد ينتظر بلا موعد لإعادته. شغّل "renraku check".
    [two] سؤالان ينتظران بلا موعد لإعادتهما. شغّل "renraku check".
    [few] { $count } أسئلة تنتظر بلا موعد لإعادتها. شغّل "renraku check".
    [many] { $count } سؤالًا تنتظر بلا موعد لإعادتها. شغّل "renraku check".
   *[other] { $count } سؤال تنتظر بلا موعد لإعادتها. شغّل "renraku check".
}
alarm-overdue = { $count ->
    [zero] لا أسئلة متأخرة.
    [one] سؤال واحد تأخرت إعادته بضع دقائق. شغّل "renraku check".
    [two] سؤالان تأخرت إعادتهما بضع دقائق. شغّل "renraku check".
    [few] { $count } أسئلة تأخرت إعادتها بضع دقائق. شغّل "renraku check".
    [many] { $count } سؤالًا تأخرت إعادتها بضع دقائق. شغّل "renraku check".
   *[other] { $count } سؤال تأخرت إعادتها بضع دقائق. شغّل "renraku check".
}
alarm-outbox = { $count ->
    [zero] لا رسائل عالقة.
    [one] رسالة واحدة لا تخرج. شغّل "renraku check".
    [two] رسالتان لا تخرجان. شغّل "renraku check".
    [few] { $count } رسائل لا تخرج. شغّل "renraku check".
    [many] { $count } رسالة لا تخرج. شغّل "renraku check".
   *[other] { $count } رسالة لا تخرج. شغّل "renraku check".
}
alarm-channel = لم يعد { $channel } يقبل اتصالنا. من لديه وسيلة أخرى يُسأل عبرها. يُرجى تشغيل "renraku check".
alarm-room = رُفض النشر في مجموعة على { $channel }: لم يُسأل أحد هناك، ويُسأل الجميع كلٌّ على حدة. يُرجى تشغيل "renraku check".
alarm-untaken = { $count ->
    [zero] لا بلاغات متروكة.
    [one] بلاغ أو نداء استغاثة واحد لم يتولّه أحد. يُرجى الاطلاع عليه الآن.
    [two] بلاغان أو نداءا استغاثة لم يتولّهما أحد. يُرجى الاطلاع عليهما الآن.
    [few] { $count } بلاغات أو نداءات استغاثة لم يتولّها أحد. يُرجى الاطلاع عليها الآن.
    [many] { $count } بلاغًا أو نداء استغاثة لم يتولّها أحد. يُرجى الاطلاع عليها الآن.
   *[other] { $count } بلاغ أو نداء استغاثة لم يتولّها أحد. يُرجى الاطلاع عليها الآن.
}
alarm-left = { $count ->
    [zero] لا بلاغات لدى من غادروا.
    [one] بلاغ أو نداء استغاثة واحد ما زال لدى شخص غادر. يُرجى الاطلاع عليه الآن.
    [two] بلاغان أو نداءا استغاثة ما زالا لدى شخص غادر. يُرجى الاطلاع عليهما الآن.
    [few] { $count } بلاغات أو نداءات استغاثة ما زالت لدى من غادروا. يُرجى الاطلاع عليها الآن.
    [many] { $count } بلاغًا أو نداء استغاثة ما زالت لدى من غادروا. يُرجى الاطلاع عليها الآن.
   *[other] { $count } بلاغ أو نداء استغاثة ما زالت لدى من غادروا. يُرجى الاطلاع عليها الآن.
}
alarm-claimed = { $count ->
    [zero] لا رسائل متوقفة.
    [one] رسالة واحدة توقف إرسالها في منتصفه. شغّل "renraku check".
    [two] رسالتان توقف إرسالهما في منتصفه. شغّل "renraku check".
    [few] { $count } رسائل توقف إرسالها في منتصفه. شغّل "renraku check".
    [many] { $count } رسالة توقف إرسالها في منتصفه. شغّل "renraku check".
   *[other] { $count } رسالة توقف إرسالها في منتصفه. شغّل "renraku check".
}
alarm-stranded = { $count ->
    [zero] لا أحد متروك بلا سؤال.
    [one] شخص واحد في شجرة الاتصال لم يُسأل ولن يسأله أحد. يُرجى الاتصال به هاتفياً.
    [two] شخصان في شجرة الاتصال لم يُسألا ولن يسألهما أحد. يُرجى الاتصال بهما هاتفياً.
    [few] { $count } أشخاص في شجرة الاتصال لم يُسألوا ولن يسألهم أحد. يُرجى الاتصال بهم هاتفياً.
    [many] { $count } شخصًا في شجرة الاتصال لم يُسألوا ولن يسألهم أحد. يُرجى الاتصال بهم هاتفياً.
   *[other] { $count } شخص في شجرة الاتصال لم يُسألوا ولن يسألهم أحد. يُرجى الاتصال بهم هاتفياً.
}

## Showing who one is: one-time codes, addresses nobody knows

link-welcome = أهلاً بك. من الآن تصلك رسائل { $organisation } هنا.
link-already = هذا الحساب مرتبط، وكل شيء على ما يرام.
link-taken = هذا الحساب مرتبط بشخص آخر. يُرجى فك ارتباطه هناك أولاً بكتابة «فك الارتباط».
link-ended = تم فك الارتباط، ولن تصلك رسائل هنا بعد الآن. للعودة اطلب رمزاً من جهة عملك.
link-kept = حسناً، يبقى كل شيء كما هو.
link-none = لا يوجد حساب هنا لفك ارتباطه.
link-end-title = هل تريد فك ارتباط حساب { $channel } هذا؟
link-end-body = لن تصلك هنا أسئلة ولا تنبيهات بعد ذلك، حتى في حالات الطوارئ.
button-unlink = فك الارتباط
button-keep = إبقاؤه
slip-telegram = امسح الرمز بكاميرا هاتفك ثم اضغط «بدء». بعد ذلك تصلك رسائل { $organisation } عبر تيليغرام في الطوارئ وتفقّد السلامة والتمارين فقط.
slip-slack = في Slack أرسل هذا الرمز إلى تطبيق Renraku. بعد ذلك تصلك رسائل { $organisation } هناك في الطوارئ وتفقّد السلامة والتمارين فقط.
slip-until = صالح لمرة واحدة ولك وحدك حتى { $when } ({ $zone }).
code-wrong = هذا الرمز غير صالح. يُرجى التحقق منه أو طلب رمز جديد من جهة عملك.
code-used = سبق استخدام هذا الرمز. يُرجى طلب رمز جديد من جهة عملك.
code-expired = انتهت صلاحية هذا الرمز. يُرجى طلب رمز جديد من جهة عملك.


## One post for a whole room (a channel, a group)

room-how = يُرجى الضغط على إجابتك. لا يرى من أجاب وبماذا إلا المسؤولون.
room-answered = أجاب { $done } من { $all }.
room-not-asked = اسمك ليس في قائمة هذا التفقّد. إن احتجت إلى مساعدة فاكتب لي مباشرة.


## Telegram

telegram-place-hint = يمكنك أيضاً الضغط على الزر أدناه لمشاركة مكانك.
telegram-not-read = لا يمكن هنا قراءة سوى النصوص والصور والمواقع. يُرجى كتابة ما تريد.
telegram-photo-lost = لم تصل صورتك. يُرجى إرسالها مرة أخرى.
telegram-not-recorded = لا يمكن تسجيل ما أرسلته الآن، ونحن نواصل المحاولة. إن كان الأمر عاجلاً فاتصل هاتفياً.


## Slack

slack-cut = لا يتسع المكان هنا لكل شيء.
slack-own-words = أو اكتب بكلماتك
slack-type-name = أو اكتب الاسم
slack-photo-lost = لم تصل الصورة. يُرجى إرسالها مرة أخرى.
slack-answered-directly = أجبتك في رسائلنا المباشرة.


## البريد والهاتف

tap-not-yet = لم تُجب بعد. فتح هذه الصفحة ليس جوابًا: اضغط من فضلك.
tap-line = هل لديك ما تبلّغ عنه؟ اكتب ما حدث وأين.
tap-for = هذه الصفحة تخص { $name } وحده. إن لم تكن أنت المقصود فأغلقها من فضلك.
tap-gone = لم يعد هنا ما يحتاج إلى جواب.
mail-open = افتح وأجب
mail-open-note = ضغطة واحدة هناك هي جوابك، ولا حاجة إلى كلمة مرور. لا ترسل هذا الرابط إلى غيرك من فضلك.
mail-no-reply = لا أحد يقرأ الردود على هذه الرسالة.
channel-email = البريد الإلكتروني
delivery-title = حسب القناة
delivery-queued = بانتظار الإرسال { $count }
delivery-handed = أُرسلت { $count }
delivery-delivered = وصلت { $count }
delivery-seen = فُتحت { $count }
delivery-answered = أُجيب عنها { $count }
delivery-failed = فشلت { $count }
sms-reply = أجب 1: بخير 2: أحتاج مساعدة
voice-answer = أجب برسالة من فضلك، أو اتصل برئيسك.
channel-sms = رسالة قصيرة
channel-voice = مكالمة هاتفية
channel-push = إشعار
fact-cost = التكلفة
confirm-cost = نحو { $amount } لسؤال الجميع مرة واحدة


## من يتصلون

still-title = لم ننسك
still-title-drill = انتهى التمرين
still-open = انتهى تفقّد السلامة، لكن طلبك للمساعدة ما زال قائماً.
button-end-allclear = إنهاء دون إضافة
button-end-calloff = إلغاء دون إضافة
form-sent-please = أُرسل بلاغك. هذا يساعد من سيأتون.
incident-sent-as-is = أرسلنا بلاغك بما ذكرته حتى الآن. ما زال بإمكانك الإضافة إليه.
button-mistake = كان ذلك خطأً
sure-mistake = هل تريد سحب هذا البلاغ؟
sure-mistake-how = سيُبلَّغ من استُدعوا بأن الأمر كان خطأً.
sure-mistake-yes = نعم، كان خطأً
sure-mistake-no = لا، البلاغ صحيح
incident-kept = حسناً. بلاغك قائم ونواصل الاستدعاء.
incident-taken-back = سُحب البلاغ. سيُبلَّغ من استُدعوا.
incident-mistake = أُبلغ عنه خطأً، بحسب { $name }، { $when }
note-mistake = أفاد بأن البلاغ كان خطأً
note-urgent = طلب المساعدة
sure-safe = هل { $name } بخير الآن حقاً؟
sure-safe-how = بعد ذلك لن يُستدعى أحد من أجل { $name }.
sure-safe-yes = نعم، بخير
sure-safe-no = ليس بعد
cry-goes-on = حسناً. طلب المساعدة قائم.
cry-undo = ما زالت المساعدة مطلوبة
person-unreached = تعذّر الوصول إليه
confirm-by-page = { $count ->
    [zero] الجميع يُبلَّغون بغير صفحة الويب.
    [one] شخص واحد لا يُبلَّغ إلا عبر صفحة الويب، ولن يُسأل حتى يفتحها.
    [two] شخصان لا يُبلَّغان إلا عبر صفحة الويب، ولن يُسألا حتى يفتحاها.
    [few] { $count } أشخاص لا يُبلَّغون إلا عبر صفحة الويب، ولن يُسألوا حتى يفتحوها.
    [many] { $count } شخصاً لا يُبلَّغون إلا عبر صفحة الويب، ولن يُسألوا حتى يفتحوها.
   *[other] { $count } شخص لا يُبلَّغون إلا عبر صفحة الويب، ولن يُسألوا حتى يفتحوها.
  }
alarm-channel-over = عاد { $channel } إلى العمل. يُرسل الآن ما كان ينتظر.
alarm-database-over = عادت قاعدة البيانات إلى العمل بعد نحو { $span }. ما رُفض خلال ذلك لم يُسجَّل، وقد أُبلغ مرسلوه.
slip-find = أو افتح تيليغرام وابحث عن { $bot } وأرسل إليه الرمز أدناه.
for-relative = قريب يؤكد السلامة
for-wrong = رقم خاطئ
for-unaffected = لا تأثر بالحدث
recorded-for-relative = سُجّل: قريب يؤكد السلامة.
recorded-for-wrong = سُجّل: رقم خاطئ. لن يُعرض بعد الآن.
checkin-recorded-for-relative = إجابة { $name } نيابةً عنك، { $when }: «قريب يؤكد السلامة».
handout-title = { $count ->
    [zero] لا أحد للاتصال به
    [one] يُرجى الاتصال بشخص واحد
    [two] يُرجى الاتصال بشخصين
    [few] يُرجى الاتصال بـ{ $count } أشخاص
    [many] يُرجى الاتصال بـ{ $count } شخصاً
   *[other] يُرجى الاتصال بـ{ $count } شخص
  }
handout-hint = اختر نتيجة كل اتصال. إذا لم يُسجَّل شيء خلال { $span } يُطلب ذلك من آخرين.
handout-done = لم يبقَ أحد هنا. شكراً.
person-asked-by = سُئل عبر { $ways }
person-called-by = { $name } يتولى الاتصال
onecall-title = ما نتيجة الاتصال بـ{ $name }؟
button-correct = تصحيح
call-elsewhere = شخص آخر يتولى الاتصال الآن.
call-not-in-hand = لم يعد هذا الاسم ضمن قائمة اتصالك. لم يُسجَّل شيء.
command-shownumber-words = أظهر رقمي لمسؤولي|أظهر رقمي
command-hidenumber-words = أخفِ رقمي|اخف رقمي|لا تظهر رقمي
number-shown = إذا تعذّر الوصول إليك يرى مسؤولك أو من ينوب عنه رقمك ليتصل بك. للإيقاف: «أخفِ رقمي».
number-hidden = لن يُعرض رقمك على أحد.
number-none = لا يوجد رقم هاتف لك هنا.

## Board

command-board-words = اللوحة|لوحة المتابعة|افتح اللوحة
menu-board = لوحة المتابعة
board-open = افتح لوحة المتابعة
board-link-how = بهذا الرابط تدخل إلى لوحة المتابعة. يعمل مرة واحدة، لك وحدك، حتى { $when }. يُرجى عدم إعطائه لأحد.
board-link-used = استُخدم هذا الرابط. اطلب رابطًا جديدًا متى احتجت إليه.
board-link-expired = انتهت صلاحية هذا الرابط. اطلب رابطًا جديدًا متى احتجت إليه.
button-board-again = رابط جديد
board-title = لوحة المتابعة
board-signin-title = الدخول إلى لوحة المتابعة
board-signin-how = أُنشئ هذا الرابط لك. اضغط الزر للدخول على هذا الجهاز.
board-signin-do = دخول
board-signin-bad = هذا الرابط لم يعد يفتح شيئًا. اكتب «اللوحة» إلى Renraku ليصلك رابط جديد.
board-signed-out = لم تدخل بعد. اكتب «اللوحة» إلى Renraku ليرسل إليك رابطًا.
board-signout = خروج
board-signout-everywhere = خروج من كل الأجهزة
board-not-yours = لا يمكنك رؤية هذا، أو أنه غير موجود. إن كان الأمر عاجلًا فاتصل بالمسؤول.
board-elsewhere = جاء هذا من صفحة أخرى ولم يُقبل. يُرجى استخدام اللوحة نفسها.
board-skip = إلى المحتوى
board-nav = الصفحات
board-nav-now = الآن
board-nav-incidents = البلاغات
board-nav-people = الأشخاص
board-nav-tree = شجرة الاتصال
board-nav-ready = الجاهزية
board-real = حقيقي
board-running = مستمر منذ { $span }
board-ended = انتهى
board-no-rollcall = لا توجد عملية تفقد جارية.
board-open-incidents = بلاغات مفتوحة
board-ended-lately = عمليات تفقد سابقة
board-list-title = القائمة
board-all-groups = عرض الجميع
board-nobody-missing = لا أحد ينقص.
board-nobody-here = لا أحد في هذه القائمة.
board-next = الصفحة التالية
board-look-again = تحديث
board-actions = إجراءات
button-message = رسالة إلى مجموعة
button-prolong = تمديد قبول الإجابات المتأخرة
board-heads = عدّ الحاضرين
board-print = طباعة
board-export-excel = ملف Excel
board-export-csv = ملف CSV
board-said-by = أجاب عنه { $name }
board-away = غائب
board-curve = الإجابات عبر الوقت
board-curve-alt = أجاب { $done } من { $count } بعد { $span }.
board-curve-not-yet = ليس بعد
board-delivery = الإرسال
board-queued = في الانتظار
board-handed = سُلّمت
board-remaining = بقي نحو { $span } حتى يُرسل الكل.
board-failed = { $count ->
    [zero] وصلت الرسائل إلى الجميع.
    [one] لم تصل أي رسالة إلى شخص واحد.
    [two] لم تصل أي رسالة إلى شخصين.
    [few] لم تصل أي رسالة إلى { $count } أشخاص.
    [many] لم تصل أي رسالة إلى { $count } شخصًا.
   *[other] لم تصل أي رسالة إلى { $count } شخص.
}
board-callers = من يتصل
board-callers-open = { $count ->
    [zero] لم يبقَ أحد
    [one] بقي شخص واحد
    [two] بقي شخصان
    [few] بقي { $count } أشخاص
    [many] بقي { $count } شخصًا
   *[other] بقي { $count } شخص
}
board-callers-done = أُنجز { $count }
board-callers-last = آخرها { $when }
board-callers-never = لم يُسجَّل شيء بعد
board-spots = أماكنهم
board-changes = ما جرى
board-did-launched = بدأ التفقد
board-did-closed = أعلن انتهاء الخطر
board-did-cancelled = ألغى التفقد
board-did-messaged = أرسل رسالة إلى مجموعة
board-did-prolonged = مدّد قبول الإجابات المتأخرة
board-did-visitor = سجّل زائرًا
board-did-cried = قال: أحتاج إلى مساعدة
board-did-taken = تولّى أمر { $name }
board-did-answered-safe = سجّل أن { $name } بخير
board-did-answered-help = سجّل أن { $name } يحتاج إلى مساعدة
board-did-answered-unaffected = سجّل أن { $name } غير متأثر
board-did-answered-relative = سجّل أن قريبًا أكد سلامة { $name }
board-did-tried = اتصل بـ { $name } دون رد
board-did-retracted = ألغى ما سُجّل عن { $name }
board-did-handed = { $count ->
    [zero] لم يُطلب منه الاتصال بأحد
    [one] طُلب منه الاتصال بشخص واحد
    [two] طُلب منه الاتصال بشخصين
    [few] طُلب منه الاتصال بـ { $count } أشخاص
    [many] طُلب منه الاتصال بـ { $count } شخصًا
   *[other] طُلب منه الاتصال بـ { $count } شخص
}
board-state-reported = لم يتولَّه أحد بعد
board-state-taken = يجري التعامل معه
board-state-closed = مغلق
board-state-dismissed = لا حاجة إلى إجراء
board-samples = اعرض الرسالة بكل اللغات
board-sure = سيُبلَّغ الجميع بأنه كان خطأ. للإلغاء اكتب { $count }.
message-title = رسالة بشأن التفقد
rollcall-messaged = الرسالة في طريقها.
rollcall-prolonged = مُدِّد وقت قبول الإجابات المتأخرة.
rollcall-not-over = ما زال هذا التفقد جاريًا، والإجابات مقبولة.
visitor-noted = سُجّل.
note-visitor = زائر مسجَّل
ask-message-group = من يستلمها؟
option-message-group-silent = من لم يجيبوا بعد
option-message-group-help = من يحتاجون إلى مساعدة
option-message-group-safe = من هم بخير أو غير متأثرين
option-message-group-everyone = كل من سُئل
ask-message-text = ماذا تقول الرسالة؟
ask-prolong-time = كم من الوقت؟
option-prolong-time-day = يوم واحد
option-prolong-time-week = أسبوع
option-prolong-time-month = 30 يومًا
ask-visitor-name = من هو؟
ask-visitor-site = في أي موقع؟
button-visitor = إضافة زائر
button-resume-message = متابعة الرسالة
button-resume-prolong = متابعة التمديد
button-resume-visitor = متابعة إضافة الزائر
board-no-incidents = لا توجد بلاغات.
board-search = الاسم أو الموقع أو الفريق أو الرقم الوظيفي
board-search-do = بحث
board-no-way = لا سبيل للوصول إليه
board-unproven-ways = { $count ->
    [zero] لا توجد وسيلة
    [one] وسيلة واحدة لم تُؤكَّد بعد
    [two] وسيلتان لم تُؤكَّدا بعد
    [few] { $count } وسائل لم تُؤكَّد بعد
    [many] { $count } وسيلة لم تُؤكَّد بعد
   *[other] { $count } وسيلة لم تُؤكَّد بعد
}
board-proven-ways = { $count ->
    [zero] لا وسيلة مؤكدة
    [one] وسيلة مؤكدة واحدة
    [two] وسيلتان مؤكدتان
    [few] { $count } وسائل مؤكدة
    [many] { $count } وسيلة مؤكدة
   *[other] { $count } وسيلة مؤكدة
}
board-proven-at = آخر تأكيد { $when }
board-role-safety = مسؤول السلامة
board-role-admin = مدير النظام
board-role-responder = مستجيب
board-lead = المسؤول: { $name }
board-deputy = النائب: { $name }
board-no-deputy = بلا نائب
board-below = { $count ->
    [zero] لا أحد تحته
    [one] شخص واحد تحته
    [two] شخصان تحته
    [few] { $count } أشخاص تحته
    [many] { $count } شخصًا تحته
   *[other] { $count } شخص تحته
}
board-directly-below = مباشرة تحته
board-top = في القمة
board-staff = { $count ->
    [zero] القائمة خالية
    [one] شخص واحد في القائمة
    [two] شخصان في القائمة
    [few] { $count } أشخاص في القائمة
    [many] { $count } شخصًا في القائمة
   *[other] { $count } شخص في القائمة
}
board-gap-unreachable = لا سبيل للوصول إليهم
board-gap-unreachable-why = لا وسيلة اتصال تعمل لديهم. عند الطوارئ على مسؤوليهم البحث عنهم.
board-gap-unproven = لم يُجرَّب قط
board-gap-unproven-why = لديهم وسيلة مسجلة لم يأتِ منها رد قط. التدريب يكشف ذلك.
board-gap-leadless = بلا مسؤول
board-gap-leadless-why = لا أحد فوقهم يُسأل عنهم إن لم يجيبوا.
board-gap-deputyless = مسؤولون بلا نائب
board-gap-deputyless-why = عند غيابهم ينتقل الاتصال إلى من فوقهم.
board-gap-none = لا أحد: كل شيء على ما يرام.
board-printed = حتى { $when }
board-print-cut = { $count ->
    [zero] لا سطور هنا.
    [one] هنا السطر الأول فقط. في الملف البقية.
    [two] هنا أول سطرين فقط. في الملف البقية.
    [few] هنا أول { $count } سطور فقط. في الملف البقية.
    [many] هنا أول { $count } سطرًا فقط. في الملف البقية.
   *[other] هنا أول { $count } سطر فقط. في الملف البقية.
}
board-key = الرقم الوظيفي
board-name = الاسم
board-answer = الإجابة
board-answered-at = وقت الإجابة
board-answered-by = أجاب عنه
board-asked = مرات السؤال
board-called = مكالمات بلا رد
board-all-sites = كل المواقع
board-visitors = الزوار
board-delivered = وصلت
board-opened = فُتحت
board-refused = فشلت
board-callers-hand = { $count ->
    [zero] لا أحد لديه الآن
    [one] لديه الآن شخص واحد
    [two] لديه الآن شخصان
    [few] لديه الآن { $count } أشخاص
    [many] لديه الآن { $count } شخصًا
   *[other] لديه الآن { $count } شخص
}
board-did-wrong = اتصل بـ { $name }: الرقم خاطئ
board-seen-here = شوهد هنا
board-answered-unseen = أجابوا بأنهم بخير ولم يُشاهَدوا هنا
recorded-seen = سُجّل: شوهد هنا.
recorded-seen-help = سُجّل: شوهد هنا. وقد طلب المساعدة، وطلبه ما زال قائمًا.
undone-seen = أُلغي التسجيل: لم يُشاهَد هنا.
seen-not-yours = وضع شخص آخر هذه العلامة، ولا يمكنك إلغاؤها.
board-did-seen = شاهد { $name } عند عدّ الحاضرين
board-did-unseen = أزال علامة الحضور عن { $name }
board-list-of = القائمة حتى { $when }
form-optional = اختياري
board-begun = بدأت هذا { $when } ولم ترسله بعد.
board-go-on = متابعة
board-begin-anew = البدء من جديد
board-sent-already = أُرسل هذا النموذج. وهذا ما آل إليه.
board-nav-settings = الإعدادات
board-settings-how = للاطلاع فقط. غيّر الإعدادات في ملف الإعدادات أو في متغيرات البيئة، ثم أعد تشغيل Renraku.
board-settings-checks = ما يحتاج إلى نظر
board-settings-look = يُرجى النظر
board-settings-bad = يجب إصلاحه
board-settings-well = لا شيء: كل شيء على ما يرام.
board-settings-looked = فُحص وهو سليم: { $count }
board-settings-changed = مضبوط: { $count }
board-settings-set = مضبوط
board-settings-not-set = غير مضبوط
board-settings-from-default = القيمة الأصلية
board-settings-from-file = من الملف
board-settings-from-environment = من متغير البيئة
board-settings-from-option = حُدد عند التشغيل
board-settings-database = قاعدة البيانات
board-settings-servers = الخوادم العاملة
board-settings-imported = استيراد قائمة الموظفين
board-settings-never = لا سجل لذلك
board-settings-backup = احتفظ بنسخة من قاعدة البيانات ونسخة من المفتاح الرئيسي في مكانين مختلفين. فبدون المفتاح لا يمكن قراءة أي عنوان.
board-settings-languages = اللغات
board-settings-working = وسائل تواصل تعمل: { $count }
board-settings-failing = معطلة: { $count }
board-settings-queued = بانتظار الإرسال: { $count }
board-settings-rate = في الثانية: { $rate }
board-settings-open = قيد الاستخدام
board-settings-closed = متوقفة
board-settings-blocked = طُلب منا الانتظار حتى { $when }
board-find-number = البحث عن الرقم الوظيفي بالاسم
board-find-more = هناك آخرون. يُرجى كتابة المزيد من الاسم.
board-seen-at = وقت المشاهدة
board-seen-by = شاهده
board-time-zone = المنطقة الزمنية
board-kind = حقيقي أم تمرين
board-event = نص الرسالة
board-rollcall-id = رقم التفقّد
board-started-at = وقت البدء
board-ended-at = وقت الانتهاء
