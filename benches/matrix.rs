//! How long a member of a Matrix room waits for the program alone: from the answer to its `/sync` with the
//! question handed over, to the request that sends the reply, both measured by a proxy in front of a real
//! homeserver. Questions come when the bot has done all that the one before brought with it, as they do in
//! rooms; and, for some of them, at once after the reply. Beside it in the same run, by turns: the smallest bot
//! on matrix-sdk, which answers everything with a constant, and maubot with a plugin that does one look-up in
//! SQLite, with its encryption and without. And how soon each listens, and how much memory it has, in 200 rooms.
//!
//! `cargo bench --bench matrix`. The tables are written to `target/bench/matrix.md` too. It needs what the tests
//! of Matrix need, and for maubot's encryption a C++ compiler and make; without maubot it goes on. For a short look
//! while something is changed, `BENCH_QUICK=1` asks little, in few rooms, and writes nothing; `BENCH_PROGRAM`
//! measures another build of the program. `RAPPORTEUR_MATRIX_REACTIONS=0` shows what the reactions under its
//! answers cost.
//!
//! Long because the two bots, their rooms and the tables are of use to nothing else.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[path = "../tests/common/mod.rs"]
mod common;
#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generate;
#[path = "../tests/matrix/homeserver/mod.rs"]
mod homeserver;
mod maubot;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use fastrand::Rng;
use hdrhistogram::Histogram;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::ruma::events::relation::Reply;
use matrix_sdk::ruma::events::room::message::{
    MessageType, OriginalSyncRoomMessageEvent, Relation, RoomMessageEventContent,
};
use matrix_sdk::{Client, Room, reqwest};
use rapporteur::article::Pack;
use rapporteur::article::pack::Actor;
use serde_json::{Value, json};
use tempfile::TempDir;

use generate::Generator;
use generate::library::{self, Size};
use generate::queries::{Sort, queries};
use homeserver::{Account, Call, Homeserver, PATIENCE, Person, Proxy};
use maubot::Maubot;

/// How many questions of each sort there are to choose from.
const QUESTIONS: usize = 100;
/// How many answers there were when the memory is looked at.
const ANSWERS: usize = 20;
/// A bot that has asked nothing for so long has nothing left to do.
const QUIET: Duration = Duration::from_millis(100);
/// The keys of an account are recovered with this when its bot starts without its store.
const RECOVERY_KEY: &str = "only for the bench";
/// What the program logs when it listens.
const READY: &str = "Matrix is ready";
/// The bench starts itself with this as the smallest bot.
const SMALLEST: &str = "--smallest-bot";

/// How much is measured.
struct Extent {
    /// How many times each bot is asked, and how many questions one after the other.
    rounds: usize,
    /// Rounds in which nobody waits.
    hasty_rounds: usize,
    round: usize,
    warming_up: usize,
    rooms: usize,
    starts: usize,
}

const WHOLE: Extent =
    Extent { rounds: 12, hasty_rounds: 4, round: 25, warming_up: 20, rooms: 200, starts: 5 };
const QUICK: Extent = Extent { rounds: 4, hasty_rounds: 1, round: 10, warming_up: 5, rooms: 20, starts: 1 };

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == SMALLEST) {
        let [url, user, password] = [1, 2, 3].map(|after| arguments[at + after].as_str());
        tokio::runtime::Runtime::new().unwrap().block_on(smallest_bot(url, user, password));
        return;
    }
    // `cargo test --benches` must not start homeservers.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let quick = std::env::var_os("BENCH_QUICK").is_some();
    let extent = if quick { &QUICK } else { &WHOLE };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let report = runtime.block_on(measure(extent));
    println!("{report}");
    if !quick {
        std::fs::write(library::folder().join("matrix.md"), report).unwrap();
    }
}

async fn measure(extent: &Extent) -> String {
    std::fs::create_dir_all(library::folder()).unwrap();
    let mut kinds = vec![Kind::Ours, Kind::Smallest];
    match Maubot::install() {
        Ok(maubot) => {
            if let Some(why) = &maubot.no_encryption {
                eprintln!(
                    "maubot is measured in plain rooms only: its encryption can't be compiled here ({why})"
                );
            }
            // Its encryption costs it a request in plain rooms, too.
            let both = maubot.no_encryption.is_none().then(|| maubot.without_encryption());
            kinds.push(Kind::Maubot(maubot));
            kinds.extend(both.map(Kind::Maubot));
        }
        Err(why) => eprintln!("maubot is left out: it can't be installed here ({why})"),
    }
    let material = Material::new();
    let homeserver = Homeserver::start().await;
    let mut report = String::new();
    think_time(&homeserver, &kinds, &material, extent, &mut report).await;
    many_rooms(&homeserver, &kinds, &material, extent, &mut report).await;
    report
}

/// The smallest bot that answers.
async fn smallest_bot(url: &str, user: &str, password: &str) {
    // Else the homeserver would lead it past the proxy at the login.
    let builder = Client::builder().homeserver_url(url).respect_login_well_known(false);
    let client = builder.sqlite_store("store", None).build().await.unwrap();
    let session = Path::new("session.json");
    if session.exists() {
        let kept: MatrixSession = serde_json::from_str(&std::fs::read_to_string(session).unwrap()).unwrap();
        client.restore_session(kept).await.unwrap();
    } else {
        client.matrix_auth().login_username(user, password).await.unwrap();
        let kept = client.matrix_auth().session().unwrap();
        std::fs::write(session, serde_json::to_string(&kept).unwrap()).unwrap();
    }
    client.add_event_handler(|event: OriginalSyncRoomMessageEvent, room: Room, client: Client| async move {
        let is_question = matches!(event.content.msgtype, MessageType::Text(_));
        if !is_question || Some(&*event.sender) == client.user_id() {
            return;
        }
        let mut content = RoomMessageEventContent::notice_plain("Always the same.");
        content.relates_to = Some(Relation::Reply(Reply::with_event_id(event.event_id)));
        if let Err(error) = room.send(content).await {
            eprintln!("the smallest bot: {error}");
        }
    });
    client.sync(SyncSettings::default()).await.unwrap();
}

/// What the bots know, and what they are asked.
struct Material {
    packs: PathBuf,
    /// A mix as members ask, in a random order.
    questions: Vec<String>,
    /// What maubot is asked, and what it knows: names, and somebody's words.
    names: Vec<String>,
    quotes: Vec<(String, String)>,
}

impl Material {
    fn new() -> Material {
        let generator = Generator::new();
        let rng = &mut Rng::with_seed(11);
        let pack: Pack = toml::from_str(include_str!("../config/articles/us-mexico.toml")).unwrap();
        let lines = |sort| queries(&generator, Size::First, sort, QUESTIONS);
        let titles = pack.arguments.iter().map(|argument| format!("argument {}", argument.title));
        let sources = lines(Sort::Words).into_iter().map(|line| line.replacen("quote", "source", 1));
        let mut questions = Vec::new();
        for lines in [
            lines(Sort::Name),
            lines(Sort::Alias).into_iter().map(|line| line.replacen("quote", "actor", 1)).collect(),
            lines(Sort::Timeline),
            lines(Sort::Search),
            titles.collect(),
            sources.collect(),
        ] {
            // Of some sorts the first article does not have so many different ones.
            questions.extend(lines.iter().cycle().take(QUESTIONS).map(|line| format!("!{line}")));
        }
        rng.shuffle(&mut questions);
        let words = |actor: &str| {
            let quote = pack.quotes.iter().find(|quote| quote.speaker.as_deref() == Some(actor))?;
            Some(quote.words.clone())
        };
        let quoted = |actor: &Actor| Some((actor.name.to_lowercase(), words(&actor.id)?));
        let quotes: Vec<(String, String)> = pack.actors.iter().filter_map(quoted).collect();
        Material {
            packs: Size::First.packs(&generator),
            questions,
            names: quotes.iter().map(|(name, _)| format!("!quote {name}")).collect(),
            quotes,
        }
    }

    /// The questions for a bot. The smallest one reads none of them.
    fn lines(&self, kind: &Kind) -> &[String] {
        match kind {
            Kind::Ours | Kind::Smallest => &self.questions,
            Kind::Maubot(_) => &self.names,
        }
    }
}

#[derive(Debug, Clone)]
enum Kind {
    Ours,
    Smallest,
    Maubot(Maubot),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Ours => "Rapporteur",
            Kind::Smallest => "the smallest bot",
            Kind::Maubot(Maubot { no_encryption: None, .. }) => "maubot",
            Kind::Maubot(_) => "maubot without encryption",
        })
    }
}

impl Kind {
    fn encrypts(&self) -> bool {
        !matches!(self, Kind::Maubot(Maubot { no_encryption: Some(_), .. }))
    }
}

/// A bot with an account, a folder and a proxy of its own.
struct Place<'a> {
    kind: &'a Kind,
    material: &'a Material,
    account: Account,
    folder: TempDir,
    proxy: Proxy,
    bot: Option<Child>,
    /// The homeserver's address, past the proxy.
    url: String,
    /// What is looked for among the requests of the bot comes after so many of them.
    passed: usize,
}

/// A question, answered.
struct Asked {
    command: String,
    /// The answer to the sync with the question was handed over.
    told: Instant,
    /// The reply arrived.
    replied: Instant,
}

/// A bot, started: when, and when it said that it listens, if it is one that says so.
struct Started {
    at: Instant,
    ready: mpsc::Receiver<Instant>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(bot) = &mut self.bot {
            // It may have ended by itself.
            let _ = bot.kill();
            let _ = bot.wait();
        }
    }
}

impl<'a> Place<'a> {
    async fn new(kind: &'a Kind, material: &'a Material, homeserver: &Homeserver) -> Place<'a> {
        Place {
            kind,
            material,
            account: homeserver.register("bot").await,
            folder: folder(),
            proxy: homeserver.proxy().await,
            bot: None,
            url: homeserver.url(),
            passed: 0,
        }
    }

    /// Whoever the account belongs to is in these rooms from now on, without a device.
    async fn join(&self, rooms: &[Circle]) {
        let login = self.log_in().await;
        let token = login["access_token"].as_str();
        for room in rooms {
            post(&format!("{}/_matrix/client/v3/join/{}", self.url, room.id), token, &json!({})).await;
        }
        post(&format!("{}/_matrix/client/v3/logout", self.url), token, &json!({})).await;
    }

    async fn log_in(&self) -> Value {
        let body = json!({
            "type": "m.login.password",
            "identifier": { "type": "m.id.user", "user": self.account.user_id },
            "password": self.account.password,
        });
        post(&format!("{}/_matrix/client/v3/login", self.url), None, &body).await
    }

    /// Starts the bot, which goes on with what its folder has.
    async fn start(&mut self, log: &str) -> Started {
        let (folder, account) = (self.folder.path(), &self.account);
        let mut bot = match self.kind {
            Kind::Ours => {
                let program = std::env::var_os("BENCH_PROGRAM").map(PathBuf::from);
                let program = program.unwrap_or_else(|| env!("CARGO_BIN_EXE_rapporteur").into());
                let mut bot = Command::new(program.canonicalize().unwrap());
                bot.arg("--data").arg(folder.join("data")).arg("run");
                bot.env("RAPPORTEUR_LIBRARY_PACKS", &self.material.packs)
                    .env("RAPPORTEUR_MATRIX_HOMESERVER", self.proxy.url())
                    .env("RAPPORTEUR_MATRIX_USER", &account.user_id)
                    .env("MATRIX_PASSWORD", &account.password)
                    .env("MATRIX_RECOVERY_KEY", RECOVERY_KEY)
                    .env("RAPPORTEUR_LOG_FILTER", log)
                    .env_remove("DISCORD_TOKEN");
                bot
            }
            Kind::Smallest => {
                let mut bot = Command::new(std::env::current_exe().unwrap());
                bot.args([SMALLEST, &self.proxy.url(), &account.user_id, &account.password]);
                bot
            }
            Kind::Maubot(maubot) => {
                if !folder.join("config.yaml").exists() {
                    let login = self.log_in().await;
                    let [token, device] =
                        ["access_token", "device_id"].map(|key| login[key].as_str().unwrap());
                    let quotes = &self.material.quotes;
                    maubot.set_up(folder, &self.proxy.url(), &account.user_id, token, device, quotes);
                }
                maubot.command()
            }
        };
        self.passed = self.proxy.calls().len();
        bot.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let at = Instant::now();
        let mut bot = bot.spawn().unwrap();
        let log = BufReader::new(bot.stderr.take().unwrap());
        let (sender, ready) = mpsc::channel();
        std::thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                if line.contains(READY) {
                    // Nobody waits for it when only answers are measured.
                    let _ = sender.send(Instant::now());
                } else if !line.contains(" INFO ") && !line.contains(" matrix_sdk") {
                    // The client library calls it an error that something is not there yet.
                    eprintln!("{line}");
                }
            }
        });
        self.bot = Some(bot);
        Started { at, ready }
    }

    /// Waits until it listens, and gives since when. That is when it has asked what is new; where all is new, when
    /// it has gone through that and told its keys.
    async fn listens(&mut self, is_new: bool) -> Instant {
        let passed = self.passed;
        let first = |call: &Call| call.number >= passed && is_sync(call);
        let first = self.proxy.wait("the first sync", first).await;
        if !is_new {
            return first.asked;
        }
        let next = |call: &Call| call.number > first.number && is_sync(call);
        let next = self.proxy.wait("another sync", next).await;
        if self.kind.encrypts() {
            let told = |call: &Call| {
                call.number >= passed && call.path.ends_with("/keys/upload") && call.status == Some(200)
            };
            self.proxy.wait("the keys of the device", told).await;
        }
        next.asked
    }

    fn id(&self) -> u32 {
        self.bot.as_ref().unwrap().id()
    }

    /// Ends it in good order.
    fn end(&mut self) {
        let mut bot = self.bot.take().unwrap();
        let sent = Command::new("kill").args(["-TERM", &bot.id().to_string()]).status();
        assert!(sent.unwrap().success());
        bot.wait().unwrap();
    }

    /// Waits until it only listens.
    async fn is_quiet(&self) {
        let (mut seen, mut since) = (0, Instant::now());
        while since.elapsed() < QUIET {
            tokio::time::sleep(QUIET / 10).await;
            let (all, open) = self.proxy.load();
            if all != seen || open > 0 {
                (seen, since) = (all, Instant::now());
            }
        }
    }

    /// Asks one question, and waits until the homeserver has the reply.
    async fn ask(&mut self, ada: &Person, room: &Circle, line: &str) -> Asked {
        let question = ada.say(&room.id, line).await;
        let passed = self.passed;
        let is_told = |call: &Call| {
            let events = &call.answer["rooms"]["join"][&room.id]["timeline"]["events"];
            let mut events = events.as_array().into_iter().flatten();
            call.number >= passed
                && is_sync(call)
                && call.answered.is_some()
                && events.any(|event| event["event_id"] == *question)
        };
        // In an encrypted room the relation is in the clear, too. Reactions are no replies.
        let is_reply = |call: &Call| {
            call.number >= passed
                && call.method == "PUT"
                && call.status.is_some()
                && call.body["m.relates_to"]["m.in_reply_to"]["event_id"] == *question
        };
        let reply = self.proxy.wait(format_args!("a reply of {} to {line}", self.kind), is_reply).await;
        assert_eq!(reply.status, Some(200));
        assert_eq!(reply.path.contains("/send/m.room.encrypted/"), room.encrypted, "{reply}");
        let told = self.proxy.wait("the sync with the question", is_told).await;
        self.passed = told.number;
        let command = line.split(' ').next().unwrap().to_string();
        Asked { command, told: told.answered.unwrap(), replied: reply.asked }
    }

    /// The last answer can be read by whoever asked.
    async fn is_understood(&self, ada: &Person, room: &Circle) {
        let is_reply = |event: &homeserver::Event| {
            event.room == room.id
                && event.sender == self.account.user_id
                && event.is_message()
                && event.reply_to().is_some()
                && event.is_encrypted() == room.encrypted
        };
        assert!(!ada.wait("a reply", is_reply).await.body().is_empty());
    }
}

/// A room in which the article is read.
struct Circle {
    id: String,
    encrypted: bool,
}

impl Circle {
    async fn new(ada: &Person, encrypted: bool, bots: &[Place<'_>]) -> Circle {
        let mut room = if encrypted { ada.room().encrypted() } else { ada.room() };
        for bot in bots.iter().filter(|bot| !encrypted || bot.kind.encrypts()) {
            room = room.invite(&bot.account.user_id);
        }
        Circle { id: room.create().await, encrypted }
    }
}

/// A folder on the disk, where programs have their databases.
fn folder() -> TempDir {
    tempfile::Builder::new().prefix("matrix-").tempdir_in(library::folder()).unwrap()
}

fn is_sync(call: &Call) -> bool {
    call.path.ends_with("/sync")
}

async fn post(url: &str, token: Option<&str>, body: &Value) -> Value {
    let request = reqwest::Client::new().post(url).body(body.to_string());
    let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert!(status.is_success(), "{url}: {status} {text}");
    serde_json::from_str(&text).unwrap()
}

/// What was measured of a bot in rooms of one sort.
struct Times {
    histogram: Histogram<u64>,
    by_command: BTreeMap<String, Histogram<u64>>,
    asked: Vec<Asked>,
    /// The requests of the bot while it was asked, from one number to another.
    spans: Vec<Range<usize>>,
    /// The CPU time of the bot, in ms.
    cpu: f64,
}

impl Times {
    fn new() -> Times {
        let histogram = Histogram::new(3).unwrap();
        Times { histogram, by_command: BTreeMap::new(), asked: Vec::new(), spans: Vec::new(), cpu: 0.0 }
    }

    fn record(&mut self, asked: Asked) {
        let took = u64::try_from((asked.replied - asked.told).as_nanos()).unwrap();
        self.histogram.record(took).unwrap();
        let of_command = self.by_command.entry(asked.command.clone());
        of_command.or_insert_with(|| Histogram::new(3).unwrap()).record(took).unwrap();
        self.asked.push(asked);
    }

    fn ms(&self, part: f64) -> f64 {
        ms(&self.histogram, part)
    }

    /// How many requests the bot made for an answer, with all that comes of it: syncs, and others.
    fn requests_each(&self, calls: &[Call]) -> [f64; 2] {
        let is_ours = |call: &&Call| self.spans.iter().any(|span| span.contains(&call.number));
        let (syncs, others): (Vec<_>, Vec<_>) = calls.iter().filter(is_ours).partition(|call| is_sync(call));
        [syncs, others].map(|calls| calls.len() as f64 / self.asked.len() as f64)
    }

    /// What the bot asked the homeserver between the question and the reply: how often, and how long that took,
    /// in ms.
    fn requests(&self, calls: &[Call]) -> BTreeMap<String, (usize, f64)> {
        let mut requests: BTreeMap<String, (usize, f64)> = BTreeMap::new();
        for asked in &self.asked {
            let between = calls.iter().filter(|call| call.asked > asked.told && call.asked < asked.replied);
            for call in between.filter(|call| !is_sync(call)) {
                let took = call.answered.map_or(Duration::ZERO, |answered| answered - call.asked);
                let (number, sum) = requests.entry(kind_of(call)).or_default();
                *number += 1;
                *sum += took.as_secs_f64() * 1e3;
            }
        }
        requests
    }
}

/// A request without what is in it only once.
fn kind_of(call: &Call) -> String {
    let parts = call.path.split('/').skip(4).filter(|part| {
        let is_name = part.bytes().all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte));
        is_name || *part == "sendToDevice"
    });
    format!("{} {}", call.method, parts.collect::<Vec<_>>().join("/"))
}

fn ms(histogram: &Histogram<u64>, part: f64) -> f64 {
    histogram.value_at_quantile(part) as f64 / 1e6
}

/// All bots run, and are asked in turns.
#[expect(clippy::too_many_lines, reason = "one measurement, with the tables that come of it")]
async fn think_time(
    homeserver: &Homeserver,
    kinds: &[Kind],
    material: &Material,
    extent: &Extent,
    report: &mut String,
) {
    let ada = homeserver.person("ada").await;
    let mut places = Vec::new();
    let mut rooms = Vec::new();
    for kind in kinds {
        eprintln!("starting {kind}");
        let mut place = Place::new(kind, material, homeserver).await;
        let mut of_bot = Vec::new();
        for encrypted in [false, true].into_iter().filter(|encrypted| !encrypted || kind.encrypts()) {
            of_bot.push(Circle::new(&ada, encrypted, std::slice::from_ref(&place)).await);
        }
        place.join(&of_bot).await;
        place.start("warn").await;
        place.listens(true).await;
        for room in &of_bot {
            // This fills the caches.
            for line in material.lines(kind).iter().cycle().take(extent.warming_up) {
                place.ask(&ada, room, line).await;
            }
            place.is_understood(&ada, room).await;
        }
        places.push(place);
        rooms.push(of_bot);
    }
    // In plain and in encrypted rooms; and the same where nobody waits.
    let mut times: Vec<[Times; 4]> = kinds.iter().map(|_| std::array::from_fn(|_| Times::new())).collect();
    for round in 0..extent.rounds + extent.hasty_rounds {
        let hasty = round >= extent.rounds;
        for encrypted in [false, true] {
            for turn in 0..places.len() {
                // Nobody is always the first.
                let at = (turn + round) % places.len();
                let sort = usize::from(encrypted) + if hasty { 2 } else { 0 };
                let (place, times) = (&mut places[at], &mut times[at][sort]);
                let Some(room) = rooms[at].iter().find(|room| room.encrypted == encrypted) else { continue };
                let lines = material.lines(place.kind).iter().cycle();
                place.is_quiet().await;
                let before = cpu(place.id());
                let first = place.proxy.load().0;
                for line in lines.skip(round * extent.round).take(extent.round) {
                    times.record(place.ask(&ada, room, line).await);
                    if !hasty {
                        place.is_quiet().await;
                    }
                }
                place.is_quiet().await;
                times.cpu += cpu(place.id()) - before;
                times.spans.push(first..place.proxy.load().0);
                eprintln!("round {round}, {}: p50 so far {:.3} ms", place.kind, times.ms(0.5));
            }
        }
    }
    report.push_str(
        "| Rooms | Bot | answers | p50 | p95 | p99 | slowest | p50 more than the smallest | p99 more | CPU | syncs | \
         other requests |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    let mut by_command = String::from(
        "\n| Rapporteur's answers | Rooms | p50 | p99 | p50 more than the smallest |\n|---|---|---:|---:|---:|\n",
    );
    let mut requests = String::from(
        "\n| Requests between the question and the reply | Rooms | Bot | before so many replies | ms each |\n\
         |---|---|---|---:|---:|\n",
    );
    let mut beside_maubot = String::new();
    let sorts = ["plain", "encrypted", "plain, at once", "encrypted, at once"];
    for (at, title) in sorts.into_iter().enumerate() {
        let smallest = &times[1][at];
        for (place, times) in places.iter().zip(&times) {
            let times = &times[at];
            if times.asked.is_empty() {
                continue;
            }
            let calls = place.proxy.calls();
            let [syncs, others] = times.requests_each(&calls);
            writeln!(
                report,
                "| {title} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:+.3} | {:+.3} | {:.2} | {syncs:.1} | {others:.1} |",
                place.kind,
                times.asked.len(),
                times.ms(0.5),
                times.ms(0.95),
                times.ms(0.99),
                times.ms(1.0),
                times.ms(0.5) - smallest.ms(0.5),
                times.ms(0.99) - smallest.ms(0.99),
                times.cpu / times.asked.len() as f64,
            )
            .unwrap();
            for (request, (number, sum)) in times.requests(&calls).into_iter().filter(|_| at < 2) {
                let each = sum / number as f64;
                writeln!(requests, "| {request} | {title} | {} | {number} | {each:.1} |", place.kind)
                    .unwrap();
            }
        }
        if at >= 2 {
            continue;
        }
        let ours = &times[0][at];
        for (command, of_command) in &ours.by_command {
            let [p50, p99] = [0.5, 0.99].map(|part| ms(of_command, part));
            writeln!(
                by_command,
                "| {command} | {title} | {p50:.3} | {p99:.3} | {:+.3} |",
                p50 - smallest.ms(0.5)
            )
            .unwrap();
        }
        for (place, times) in places.iter().zip(&times).skip(2) {
            let maubot = &times[at];
            if maubot.asked.is_empty() {
                continue;
            }
            let less = (1..=100).map(|it| f64::from(it) / 100.0).filter(|it| ours.ms(*it) < maubot.ms(*it));
            writeln!(
                beside_maubot,
                "\nIn {title} rooms Rapporteur is faster than {} at {} of 100 percentiles.",
                place.kind,
                less.count()
            )
            .unwrap();
        }
    }
    for part in [by_command, requests, beside_maubot] {
        report.push_str(&part);
    }
}

/// One bot after the other starts in many rooms, and starts again.
async fn many_rooms(
    homeserver: &Homeserver,
    kinds: &[Kind],
    material: &Material,
    extent: &Extent,
    report: &mut String,
) {
    writeln!(
        report,
        "\n| In {} rooms | first start | resident after {ANSWERS} answers | at its peak | another start | the slowest of {} | \
         resident after {ANSWERS} answers | at its peak |\n|---|---:|---:|---:|---:|---:|---:|---:|",
        extent.rooms, extent.starts
    )
    .unwrap();
    eprintln!("making {} rooms", extent.rooms);
    let ada = homeserver.person("ada").await;
    let mut places = Vec::new();
    for kind in kinds {
        places.push(Place::new(kind, material, homeserver).await);
    }
    let mut rooms = Vec::new();
    for number in 0..extent.rooms {
        rooms.push(Circle::new(&ada, number % 2 == 1, &places).await);
    }
    for place in &mut places {
        let kind = place.kind;
        rooms.sort_by_key(|room| room.encrypted && !kind.encrypts());
        let number = rooms.iter().filter(|room| !room.encrypted || kind.encrypts()).count();
        let of_bot = &rooms[..number];
        place.join(of_bot).await;
        let first = ready(place, true).await;
        let first_memory = after_answers(place, &ada, of_bot).await;
        let mut again = Vec::new();
        let mut memory = [0.0; 2];
        for start in 0..extent.starts {
            place.end();
            again.push(ready(place, false).await);
            if start == 0 {
                memory = after_answers(place, &ada, of_bot).await;
            }
        }
        place.end();
        again.sort();
        let [first, median, slowest] =
            [first, again[again.len() / 2], again[again.len() - 1]].map(|it| it.as_secs_f64());
        let [[now, peak], [now_again, peak_again]] = [first_memory, memory];
        let row = format!(
            "| {kind} | {first:.2} s | {now:.1} MB | {peak:.1} MB | {median:.2} s | {slowest:.2} s | {now_again:.1} MB | \
             {peak_again:.1} MB |"
        );
        eprintln!("{row}");
        writeln!(report, "{row}").unwrap();
    }
}

/// Starts a bot. Gives how long it took until it listens.
async fn ready(place: &mut Place<'_>, is_new: bool) -> Duration {
    let started = place.start("warn,rapporteur::chat::matrix=info").await;
    let mut listens = place.listens(is_new).await;
    if matches!(place.kind, Kind::Ours) {
        listens = started.ready.recv_timeout(PATIENCE).unwrap();
    }
    listens - started.at
}

/// The resident memory now and at its peak, in MB, after a bot has answered in different rooms.
async fn after_answers(place: &mut Place<'_>, ada: &Person, rooms: &[Circle]) -> [f64; 2] {
    let lines = place.material.lines(place.kind).iter().cycle();
    for (line, room) in lines.zip(rooms).take(ANSWERS) {
        place.ask(ada, room, line).await;
    }
    ["VmRSS:", "VmHWM:"].map(|field| memory_of(place.id(), field))
}

fn memory_of(id: u32, field: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0 / 1e6
}

/// The CPU time of a process so far, in ms.
fn cpu(id: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    // After the name, which may have spaces in it, the 12th and 13th fields are in hundredths of a second.
    let fields = stat.rsplit_once(')').unwrap().1.split_whitespace();
    fields.skip(11).take(2).map(|field| field.parse::<f64>().unwrap() * 10.0).sum()
}
