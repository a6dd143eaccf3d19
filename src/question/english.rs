//! Questions in English.

use std::sync::LazyLock;

use super::form::Want;
use super::tongue::{Tongue, stops};

pub(super) static TONGUE: Tongue = Tongue {
    forms: &[
        // The article as a whole.
        ("^ … article|essay|text|piece|speech|paper|report|letter|it|this about $", Want::Summary),
        ("summary|summarise|summarize|summarised|summarized|tldr|gist|synopsis", Want::Summary),
        ("sum … up", Want::Summary),
        ("main|central|overall|core|key point|argument|thesis|claim|idea|message|conclusion", Want::Summary),
        ("how … end|ends|ended|conclude|concludes|concluded|finish|finishes|close|closes", Want::Ending),
        ("what|which … conclude|concludes|concluded|conclusion|conclusions", Want::Ending),
        (
            "last|final|closing|concluding paragraph|sentence|sentences|word|words|thought|line|lines|part",
            Want::Ending,
        ),
        ("how … begin|begins|began|start|starts|started|open|opens|opened", Want::Opening),
        ("first|opening paragraph|sentence|sentences|words|line|lines", Want::Opening),
        ("what|whats is|was|are|were … called|named $", Want::Anything),
        ("^ what|whats … about in short|brief|general|sum", Want::Summary),
        ("in a nutshell", Want::Summary),
        (
            "famous|known|best|memorable|striking|important|key lines|quotes|quotations|phrases|passages",
            Want::Words,
        ),
        // Of the article itself.
        ("when|where|who … published|written|printed|publish|published|appear|appeared|released", Want::Date),
        ("^ when", Want::Date),
        ("^ where", Want::Place),
        // What there is of a kind.
        ("^ … topics|themes|subjects", Want::Topics),
        (
            "^ … people|persons|characters|actors|figures|names mentioned|named|appear|appears|involved|quoted|discussed",
            Want::Actors,
        ),
        (
            "^ … people|persons|characters|actors|figures … mentioned|named|appear|appears|quoted $",
            Want::Actors,
        ),
        ("who|whom … mentioned|named|appears|appear|quoted|involved in|here", Want::Actors),
        ("who|whom … mentioned|named|appears|appear|quoted|involved $", Want::Actors),
        ("who is|are|s in it|this|the|here", Want::Actors),
        ("list|name … people|persons|characters|actors|figures", Want::Actors),
        ("what|which|where|whats ~the paragraph|paragraphs|section|page", Want::Anything),
        ("what|which|where|whats paragraph|paragraphs|section|page", Want::Anything),
        ("difference|differences between", Want::Manner),
        // What could be said against a claim.
        (
            "objection|objections|counterargument|counterarguments|rebuttal|rebuttals|counterpoint|counterpoints",
            Want::Objection,
        ),
        ("counter argument|arguments|point|points", Want::Objection),
        (
            "what|who|how|which … argue|argues|argued|object|objects|say|said|says|speaks|speak against",
            Want::Objection,
        ),
        ("what|who|how|which … object|objects|objected to", Want::Objection),
        ("arguments|argument|case|point|points against", Want::Objection),
        ("what|which … critic|critics|opponent|opponents|sceptics|skeptics", Want::Objection),
        // What somebody said.
        (
            "who|whom … said|say|says|called|calls|call|coined|coins|claimed|claims|argued|argues|wrote|writes|described|describes|compared|compares|thinks|think|thought|believes|believe|believed|put|spoke|quipped|remarked|joked|promised|complained|warned|warns|asks|asked",
            Want::Speaker,
        ),
        ("whose|which … words|word|phrase|line|quote|remark|slogan|saying", Want::Speaker),
        (
            "what|which|anything … say|says|said|saying|tell|tells|told|claim|claims|claimed|argue|argues|argued|think|thinks|thought|believe|believes|believed|write|writes|wrote|call|calls|called|describe|describes|described|promise|promised|admit|admits|admitted|reply|replies|replied|answer|answers|answered|respond|responds|responded|complain|complains|complained|remark|remarked|warn|warns|warned|declare|declared|announce|announced|state|states|stated|opinion|view|views|stance|position|criticize|criticise|criticism",
            Want::Words,
        ),
        (
            "what|which … quote|quotes|quoted|quotation|quotations|phrase|phrases|slogan|words|remark",
            Want::Words,
        ),
        (
            "how … describe|describes|described|see|sees|saw|view|views|viewed|call|calls|called|feel|feels|felt|characterize|characterise|label|labels",
            Want::Words,
        ),
        (
            "did|does|has … say|says|said|tell|mention|mentions|quote|quoted|call|called|think|believe|argue|claim",
            Want::Words,
        ),
        ("quote|quotes|quotation|quotations", Want::Words),
        ("the|that|this|a famous|well|known|best line|lines|bit|passage|quote|sentence|remark", Want::Words),
        ("the|that|this|a line|bit|passage|quote|sentence|remark about|on|where|with|of", Want::Words),
        ("^ the|that line|bit|passage|quote|sentence|remark", Want::Words),
        ("exact|own|actual words|quote", Want::Words),
        // A ground.
        ("why", Want::Reason),
        ("how come", Want::Reason),
        (
            "for|what|which … reason|reasons|cause|causes|caused|causing|motive|motives|motivation",
            Want::Reason,
        ),
        ("what made|makes|led|leads|drove|drives|prompted|explains|motivated|motivates", Want::Reason),
        ("because of what", Want::Reason),
        ("reason|reasons for|why", Want::Reason),
        ("what … for $", Want::Reason),
        // What should be done.
        ("what|which|how|who|where|whom … should|must|ought|shall", Want::Proposal),
        (
            "what|which|how … recommend|recommends|recommended|propose|proposes|proposed|suggest|suggests|suggested|advise|advises|advised|urge|urges|demand|demands|advocate|advocates|prescribe|prescribes",
            Want::Proposal,
        ),
        ("^ who is|was|are|were|re", Want::Definition),
        ("^ who|whom|whose|whod|wholl|whove", Want::Person),
        (
            "recommendation|recommendations|proposal|proposals|suggestion|suggestions|advice|solution|solutions",
            Want::Proposal,
        ),
        ("what … need|needs|needed … to|do|done", Want::Proposal),
        ("what … want|wants|wanted … do|done", Want::Proposal),
        ("what … to be done", Want::Proposal),
        ("what to do", Want::Proposal),
        ("what|how can|could … do|done|be", Want::Proposal),
        // When.
        ("what|which year|date|day|month|century|decade|time|hour|season|morning|evening", Want::Date),
        ("how long ago", Want::Date),
        ("how early|late|soon", Want::Date),
        ("date|year of|when", Want::Date),
        // How much.
        ("how many|much|long|often", Want::Number),
        (
            "how ~old|far|big|tall|high|large|deep|fast|wide|heavy|strong|good|bad|cold|hot|close|small",
            Want::Number,
        ),
        (
            "what number|amount|percentage|share|price|cost|age|height|size|distance|speed|weight",
            Want::Number,
        ),
        // Where.
        (
            "what|which city|town|place|country|state|village|street|continent|port|island|river|region|part",
            Want::Place,
        ),
        ("what did|does|do … do for a living", Want::Definition),
        // What happened.
        ("what … happen|happens|happened|happening|occur|occurs|occurred|occurring", Want::Events),
        ("what took|takes place", Want::Events),
        ("what went|goes|going|was|is going|on|wrong", Want::Events),
        ("what|whatd|anything did|does|do|has|have|had … do|done|doing", Want::Events),
        ("what did|does", Want::Events),
        // What something is like.
        ("what is|was|are|were|s it|they|that like", Want::Manner),
        ("whats it|that like", Want::Manner),
        ("how … different|differ|differs|differed|compare|compares from|to|with", Want::Manner),
        // What something is.
        ("what|whats … job|profession|occupation|trade", Want::Definition),
        ("what|whats … mean|means|meant|meaning|stand|stands for", Want::Definition),
        ("what|whats … mean|means|meant|meaning", Want::Definition),
        ("meaning|definition of", Want::Definition),
        ("define|explain|describe", Want::Definition),
        ("tell|say … about", Want::Definition),
        ("who is|was|are|were|re", Want::Definition),
        ("what is|was|are|were|s|re", Want::Definition),
        ("^ what|whats the|a|an", Want::Definition),
        // Others.
        ("which|list|name", Want::List),
        ("who|whom|whose|whod|wholl|whove", Want::Person),
        ("how|hows|howd", Want::Manner),
        ("when", Want::Date),
        ("where", Want::Place),
        ("what|whats|whatd", Want::Anything),
    ],
    fillers: "hello greetings thanks thank tell know please say says said according exactly actually really thing things stuff anything something \
              someone somebody anyone anybody everything mean means deal story hey hi ok okay so well also else ever \
              even still just like get gets got getting go goes going went gone give gave given make makes made take \
              takes took taken come comes came want wants wanted would could should might may must shall can cannot \
              us let lets one ones kind kinds sort sorts type types way ways bit lot lots whether whos whats whens \
              wheres hows whod whatd howd whys wanna gonna gotta id im ive youre theyre thats theres here there \
              guy guys dude person everyone everybody nobody noone none back really finally actually \
              now today then again afterwards afterward later since without within via per upon among though although yet around \
              name names done bit remind wonder wondering curious question answer help find show look looking talk talking talks mention \
              mentions mentioned regarding concerning",
    phrases: &[
        "in front of",
        "on top of",
        "in the end",
        "at the end",
        "at first",
        "at last",
        "in the first place",
        "each other",
        "one another",
        "in charge of",
        "as well as",
        "by the way",
        "a lot of",
        "at all",
        "of course",
        "for example",
        "in general",
        "bring up",
        "brings up",
        "brought up",
        "come up",
        "comes up",
        "came up",
        "these days",
        "back then",
        "at the time",
        "most of the time",
        "all the time",
        "at a time",
        "at that time",
        "so far",
        "the whole thing",
        "the point of",
        "used to",
    ],
    article: "article essay piece text story author writer speech paper report letter document reading passage \
              authors writers speaker narrator",
    leads: "about regarding concerning did does do named like vs versus",
    abouts: "about regarding concerning",
    links: "of",
    joins: "and or vs versus",
    copulas: "is was are were has have had",
    light: "start starts started starting stop stops stopped begin begins began keep keeps kept try tries tried trying \
            become becomes became want wants wanted people persons men folks turn turned put puts let lets show shows showed use used work works worked happen",
    adjectives: "good better best bad worse worst big bigger biggest small smaller smallest large larger largest little great \
                 greater greatest huge tiny long longer longest short shorter shortest high higher highest low lower old \
                 older oldest new newer newest young younger youngest early earlier late latest recent first second third \
                 last final next previous former main major minor chief key important famous known real true right wrong \
                 different same own whole entire full certain special common general likely possible strong stronger weak \
                 weaker hard harder easy easier simple clear safe safer dangerous rich poor many few much less fewer other",
    adjective_endings: &["ous", "ful", "less", "oral", "onal", "ical", "able", "ible"],
    adverb_endings: &["ly"],
    determiners: "the a an his her their its this that these those my your our any some all both no more most such which whose",
    before_dates: "in on during since before after until till by around about from between of at through to the",
    date_words: "when year date",
    verb_endings: &["ed", "ing"],
    reasons: "because reason reasons since so therefore fear feared fears stem stems stemmed root roots",
    proposals: "should must need needs ought",
    stops: LazyLock::new(|| stops("en")),
};
