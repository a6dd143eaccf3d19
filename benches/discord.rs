//! How long a member of a Discord server waits for the program: from the interaction written to the socket
//! to its callback received, both measured inside the local stand-in for Discord, beside the smallest
//! bot: a websocket and a request, which answers everything with a constant. And how much memory both have in 1,000 servers.
//!
//! `cargo bench --bench discord`. The tables are written to `target/bench/discord.md` too. For a short look
//! while something is changed, `BENCH_QUICK=1` asks only at 50 a second on the first article, `BENCH_QUICK=largest` at
//! 500 a second on the largest library, and neither writes anything; `BENCH_PROGRAM` measures another build of the program.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generate;
#[path = "../tests/standin/mod.rs"]
mod standin;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fastrand::Rng;
use futures::{SinkExt, StreamExt};
use hdrhistogram::Histogram;
use rapporteur::article::Pack;
use rapporteur::chat::discord::command_registration::{self, RegistrationOptions};
use serde_json::{Value, json};
use serenity::all::GatewayIntents;
use tokio_tungstenite::tungstenite::Message;

use generate::Generator;
use generate::library::{self, Size};
use generate::queries::{Sort, queries};
use standin::{Call, Channel, Config, Member, NO_OPTIONS, Outcome, Standin};

/// The rates per second, how many rounds there are of each, and how many interactions in a round.
const RATES: [(u32, usize, usize); 3] = [(1, 1, 100), (50, 5, 200), (500, 2, 2_500)];
/// The rates at which only the smallest bot answers, to see what the stand-in can do.
const CEILING: [u32; 3] = [1_000, 2_000, 3_000];
/// How long the last answers of a round are waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many different questions of each sort.
const QUESTIONS: usize = 100;
/// How many servers a bot is in when its memory is looked at.
const SERVERS: usize = 1_000;
/// The bench starts itself with this as the smallest bot.
const SMALLEST: &str = "--smallest-bot";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == SMALLEST) {
        tokio::runtime::Runtime::new().unwrap().block_on(smallest_bot());
        return;
    }
    // `cargo test --benches` must not build libraries.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let generator = Generator::new();
    let look = std::env::var("BENCH_QUICK").ok();
    let quick = look.is_some();
    let (sizes, rates): (&[Size], &[_]) = match look.as_deref() {
        None => (&[Size::First, Size::Articles(10_000)], &RATES),
        Some("largest") => (&[Size::Articles(10_000)], &RATES[2..]),
        Some(_) => (&[Size::First], &RATES[1..2]),
    };
    for size in sizes {
        let file = library::file(&runtime.block_on(size.open(&generator)));
        // A disk that has to be read would only show how much memory the machine has.
        std::io::copy(&mut std::fs::File::open(file).unwrap(), &mut std::io::sink()).unwrap();
    }
    let mut report = String::from(
        "| Interactions | Library | a second | p50 | p99 | smallest p50 | smallest p99 | p50 more | p99 more | CPU | smallest CPU | in time |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    let mut by_command = String::from(
        "\n| Answers at 50 a second | Library | p50 | p99 | p50 more | p99 more |\n|---|---|---:|---:|---:|---:|\n",
    );
    let mut notes = String::new();
    for size in sizes {
        runtime.block_on(library(*size, &generator, rates, &mut report, &mut by_command, &mut notes));
    }
    report.push_str(&by_command);
    if quick {
        println!("{report}\n{notes}");
        return;
    }
    report.push_str("\n| The smallest bot alone, a second | p50 | p99 | CPU of the stand-in | in time |\n");
    report.push_str("|---:|---:|---:|---:|---:|\n");
    runtime.block_on(ceiling(&generator, &mut report));
    writeln!(
        report,
        "\n| In {SERVERS} servers | after READY and 20 answers | at its peak |\n|---|---:|---:|"
    )
    .unwrap();
    runtime.block_on(memory(sizes, &generator, &mut report));
    println!("{report}");
    eprintln!("{notes}");
    std::fs::write(library::folder().join("discord.md"), report).unwrap();
}

/// The least that can answer: no sessions, no rate limits, no second try.
async fn smallest_bot() {
    let token = std::env::var("DISCORD_TOKEN").unwrap();
    let host = std::env::var("RAPPORTEUR_DISCORD_API_URL").unwrap();
    // Discord refuses others.
    let agent = "DiscordBot (https://example.org, 1)";
    let http = reqwest::Client::builder().tcp_nodelay(true).user_agent(agent).build().unwrap();
    let gateway =
        http.get(format!("{host}/api/v10/gateway/bot")).header("Authorization", format!("Bot {token}"));
    let gateway: Value =
        serde_json::from_slice(&gateway.send().await.unwrap().bytes().await.unwrap()).unwrap();
    let url = format!("{}/?v=10&encoding=json", gateway["url"].as_str().unwrap().trim_end_matches('/'));
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    // The same events as Rapporteur asks for.
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let properties = json!({"os": "linux", "browser": "smallest", "device": "smallest"});
    let identify = json!({"op": 2, "d": {
        "token": token, "intents": intents.bits(), "shard": [0, 1], "properties": properties,
    }});
    let mut beats = tokio::time::interval(Duration::from_secs(3600));
    let mut seq = Value::Null;
    loop {
        let text = tokio::select! {
            _ = beats.tick() => {
                socket.send(Message::text(json!({"op": 1, "d": seq}).to_string())).await.unwrap();
                continue;
            }
            read = socket.next() => match read {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(_)) => continue,
                _ => return,
            },
        };
        let event: Value = serde_json::from_str(&text).unwrap();
        if !event["s"].is_null() {
            seq = event["s"].clone();
        }
        match (event["op"].as_u64(), event["t"].as_str()) {
            (Some(10), _) => {
                let period = Duration::from_millis(event["d"]["heartbeat_interval"].as_u64().unwrap());
                beats = tokio::time::interval_at(tokio::time::Instant::now() + period, period);
                socket.send(Message::text(identify.to_string())).await.unwrap();
            }
            (_, Some("INTERACTION_CREATE")) => {
                let (http, host) = (http.clone(), host.clone());
                tokio::spawn(async move { answer_with_a_constant(&http, &host, &event["d"]).await });
            }
            _ => {}
        }
    }
}

async fn answer_with_a_constant(http: &reqwest::Client, host: &str, interaction: &Value) {
    let answer = match interaction["type"].as_u64() {
        Some(2) => json!({"type": 4, "data": {"content": "Always the same."}}),
        Some(4) => {
            json!({"type": 8, "data": {"choices": [{"name": "always the same", "value": "the same"}]}})
        }
        _ => return,
    };
    let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
    let request = http
        .post(format!("{host}/api/v10/interactions/{id}/{token}/callback"))
        .header("Content-Type", "application/json")
        .body(answer.to_string());
    if let Err(error) = request.send().await.and_then(reqwest::Response::error_for_status) {
        eprintln!("the smallest bot: {error}");
    }
}

/// A bot, running, and the Discord that it is on.
struct Place {
    discord: Standin,
    channel: Channel,
    member: Member,
    bot: Child,
}

impl Drop for Place {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.bot.kill();
        let _ = self.bot.wait();
    }
}

impl Place {
    async fn start(mut bot: Command, servers: usize, commands: Option<RegistrationOptions>) -> Place {
        let discord = Standin::start(Config {
            identify_pause: Duration::ZERO,
            filler_servers: servers,
            patience: Duration::from_secs(60),
            ..Config::default()
        });
        let server = discord.server("Reading circle");
        let (channel, member) = (server.channel("general"), server.member("Ada"));
        if let Some(action) = commands {
            discord.register(None, &command_registration::commands(action));
        }
        bot.env("DISCORD_TOKEN", discord.token()).env("RAPPORTEUR_DISCORD_API_URL", discord.url());
        let bot = bot.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let place = Place { discord, channel, member, bot };
        place.discord.wait_ready().await;
        place.discord.wait_command("quote").await;
        place
    }

    async fn ours(size: Size, generator: &Generator, servers: usize) -> Place {
        let program = std::env::var_os("BENCH_PROGRAM");
        let mut bot = Command::new(program.unwrap_or_else(|| env!("CARGO_BIN_EXE_rapporteur").into()));
        if std::env::var_os("RAPPORTEUR_LOG_FILTER").is_none() {
            bot.env("RAPPORTEUR_LOG_FILTER", "warn");
        }
        bot.env("RAPPORTEUR_LIBRARY_PACKS", size.packs(generator)).arg("--data").arg(size.data()).arg("run");
        Place::start(bot, servers, None).await
    }

    async fn smallest(size: Size, servers: usize) -> Place {
        let mut bot = Command::new(std::env::current_exe().unwrap());
        bot.arg(SMALLEST);
        let action = RegistrationOptions { several_articles: size != Size::First, for_users: true };
        Place::start(bot, servers, Some(action)).await
    }

    fn call(&self, asked: &Asked) -> Call {
        let Asked { command, option, text, typing } = asked;
        if *typing {
            return Call::autocomplete(&self.member, &self.channel, command, option, text)
                .options(NO_OPTIONS);
        }
        Call::slash(&self.member, &self.channel, command).option(option, text)
    }

    /// Asks so many questions, going on round the list from `from`.
    async fn ask(&self, all: &[Asked], from: usize, number: usize, rate: u32) -> Times {
        let asked = || all.iter().cycle().skip(from % all.len()).take(number);
        let calls: Vec<Call> = asked().map(|asked| self.call(asked)).collect();
        let before = (cpu(self.bot.id()), cpu_of_the_standin());
        let blast = self.discord.blast(&calls, rate.into(), PATIENCE).await;
        let mut times = Times::new();
        times.cpu = cpu(self.bot.id()) - before.0;
        times.standin = cpu_of_the_standin() - before.1;
        for (asked, outcome) in asked().zip(&blast.outcomes) {
            times.record(asked.command, outcome);
        }
        times
    }
}

/// What somebody types.
struct Asked {
    command: &'static str,
    option: &'static str,
    text: String,
    typing: bool,
}

/// A mix as members ask, in a random order.
fn questions(generator: &Generator, size: Size) -> Vec<Asked> {
    let rng = &mut Rng::with_seed(11);
    let first: Pack = toml::from_str(include_str!("../config/articles/us-mexico.toml")).unwrap();
    let titles = |rng: &mut Rng| -> Vec<String> {
        let title = |_| {
            let pack = match size {
                Size::First => first.clone(),
                Size::Articles(articles) => generator.pack(rng.usize(..articles)),
            };
            pack.arguments[rng.usize(..pack.arguments.len())].title.clone()
        };
        (0..QUESTIONS).map(title).collect()
    };
    let titles = titles(rng);
    let mut all = Vec::new();
    for (sort, command, option) in [
        (Some(Sort::Name), "quote", "of"),
        (Some(Sort::Alias), "actor", "name"),
        (Some(Sort::Timeline), "timeline", "when"),
        (Some(Sort::Search), "search", "words"),
        (None, "argument", "name"),
        (Some(Sort::Words), "source", "item"),
    ] {
        let texts: Vec<String> = match sort {
            Some(sort) => queries(generator, size, sort, QUESTIONS)
                .into_iter()
                .map(|line| line.split_once(' ').unwrap().1.to_owned())
                .collect(),
            None => titles.clone(),
        };
        // Of some sorts the first article does not have so many different ones.
        let texts = texts.iter().cycle().take(QUESTIONS);
        all.extend(texts.map(|text| Asked { command, option, text: text.clone(), typing: false }));
    }
    rng.shuffle(&mut all);
    all
}

/// Names, letter by letter.
fn typing(generator: &Generator, size: Size) -> Vec<Asked> {
    let texts = queries(generator, size, Sort::Suggest, 6 * QUESTIONS);
    texts.into_iter().map(|text| Asked { command: "quote", option: "of", text, typing: true }).collect()
}

/// What was measured.
struct Times {
    histogram: Histogram<u64>,
    by_command: BTreeMap<&'static str, Histogram<u64>>,
    sent: usize,
    /// How many were only announced, because the answer took more than a second.
    announced: usize,
    /// The CPU time of the bot, and of the stand-in, in ms.
    cpu: f64,
    standin: f64,
}

impl Times {
    fn new() -> Times {
        let histogram = Histogram::new(3).unwrap();
        Times { histogram, by_command: BTreeMap::new(), sent: 0, announced: 0, cpu: 0.0, standin: 0.0 }
    }

    fn record(&mut self, command: &'static str, outcome: &Outcome) {
        self.sent += 1;
        self.announced += usize::from(outcome.ack.is_some() && outcome.settled != outcome.ack);
        if let Some(took) = outcome.ack {
            let took = u64::try_from(took.as_nanos()).unwrap();
            self.histogram.record(took).unwrap();
            let of_command = self.by_command.entry(command);
            of_command.or_insert_with(|| Histogram::new(3).unwrap()).record(took).unwrap();
        }
    }

    fn add(&mut self, other: &Times) {
        self.histogram.add(&other.histogram).unwrap();
        for (command, times) in &other.by_command {
            let of_command = self.by_command.entry(command);
            of_command.or_insert_with(|| Histogram::new(3).unwrap()).add(times).unwrap();
        }
        self.sent += other.sent;
        self.announced += other.announced;
        self.cpu += other.cpu;
        self.standin += other.standin;
    }

    fn ms(&self, part: f64) -> f64 {
        ms(&self.histogram, part)
    }

    fn each(&self, cpu: f64) -> f64 {
        cpu / self.sent as f64
    }

    fn in_time(&self) -> String {
        let answered = usize::try_from(self.histogram.len()).unwrap();
        let mut text = if answered == self.sent {
            format!("all {answered}")
        } else {
            format!("{answered} of {}", self.sent)
        };
        if self.announced > 0 {
            write!(text, ", {} announced", self.announced).unwrap();
        }
        text
    }
}

fn ms(histogram: &Histogram<u64>, part: f64) -> f64 {
    histogram.value_at_quantile(part) as f64 / 1e6
}

#[expect(clippy::too_many_lines, reason = "one measurement, with the tables that come of it")]
async fn library(
    size: Size,
    generator: &Generator,
    rates: &[(u32, usize, usize)],
    report: &mut String,
    by_command: &mut String,
    notes: &mut String,
) {
    eprintln!("starting the bots for the library {size}");
    let ours = Place::ours(size, generator, 0).await;
    let smallest = Place::smallest(size, 0).await;
    for (title, all) in [("answers", questions(generator, size)), ("suggestions", typing(generator, size))] {
        // This fills the caches.
        for place in [&ours, &smallest] {
            let times = place.ask(&all, 0, all.len(), 50).await;
            eprintln!("{title}: p50 {:.3} ms when warming up", times.ms(0.5));
        }
        for &(rate, rounds, number) in rates {
            let (mut mine, mut other) = (Times::new(), Times::new());
            for round in 0..rounds {
                let from = round * number;
                let (one, two) = match (rate, round % 2) {
                    // They take turns: both have time enough.
                    (1, _) => {
                        let second = async {
                            tokio::time::sleep(Duration::from_millis(500)).await;
                            smallest.ask(&all, from, number, rate).await
                        };
                        futures::join!(ours.ask(&all, from, number, rate), second)
                    }
                    (_, 0) => {
                        let one = ours.ask(&all, from, number, rate).await;
                        (one, smallest.ask(&all, from, number, rate).await)
                    }
                    _ => {
                        let two = smallest.ask(&all, from, number, rate).await;
                        (ours.ask(&all, from, number, rate).await, two)
                    }
                };
                mine.add(&one);
                other.add(&two);
            }
            let [p50, p99, other50, other99] = [mine.ms(0.5), mine.ms(0.99), other.ms(0.5), other.ms(0.99)];
            let (cpu, other_cpu) = (mine.each(mine.cpu), other.each(other.cpu));
            let row = format!(
                "| {title} | {size} | {rate} | {p50:.3} | {p99:.3} | {other50:.3} | {other99:.3} | {:+.3} | {:+.3} | {cpu:.2} | {other_cpu:.2} | {} |",
                p50 - other50,
                p99 - other99,
                mine.in_time(),
            );
            eprintln!("{row}");
            eprintln!("  of the smallest bot {}", other.in_time());
            eprintln!(
                "  CPU of the stand-in {:.2} and {:.2} ms each",
                mine.each(mine.standin),
                other.each(other.standin)
            );
            writeln!(report, "{row}").unwrap();
            if rate == 50 && title == "answers" {
                for (command, of_ours) in &mine.by_command {
                    let [p50, p99] = [0.5, 0.99].map(|part| ms(of_ours, part));
                    let others = [0.5, 0.99].map(|part| ms(&other.by_command[command], part));
                    writeln!(
                        by_command,
                        "| /{command} | {size} | {p50:.3} | {p99:.3} | {:+.3} | {:+.3} |",
                        p50 - others[0],
                        p99 - others[1],
                    )
                    .unwrap();
                }
            }
        }
    }
    for (name, place) in [("Rapporteur", &ours), ("the smallest bot", &smallest)] {
        let (mut found, mut nothing, mut announced) = (0, 0, 0);
        for request in place.discord.requests() {
            match (request.body["type"].as_u64(), request.body["data"]["flags"].as_u64()) {
                (Some(4), Some(flags)) if flags & 64 != 0 => nothing += 1,
                (Some(4), _) => found += 1,
                (Some(5), _) => announced += 1,
                _ => {}
            }
        }
        let refused = place.discord.refused().len();
        let violations = place.discord.violations();
        writeln!(
            notes,
            "{size}, {name}: {found} answers for all, {nothing} for the caller alone, {announced} announced, \
             {refused} refused, violations {violations:?}, {:.1} MB after all that",
            memory_of(place.bot.id(), "VmRSS:"),
        )
        .unwrap();
    }
}

/// What the stand-in can do, so that it is known not to be the limit.
async fn ceiling(generator: &Generator, report: &mut String) {
    let smallest = Place::smallest(Size::First, 0).await;
    let all = questions(generator, Size::First);
    smallest.ask(&all, 0, all.len(), 100).await;
    for rate in CEILING {
        let times = smallest.ask(&all, 0, 3 * rate as usize, rate).await;
        writeln!(
            report,
            "| {rate} | {:.3} | {:.3} | {:.2} | {} |",
            times.ms(0.5),
            times.ms(0.99),
            times.each(times.standin),
            times.in_time(),
        )
        .unwrap();
    }
}

/// The memory of bots that are in many servers. That their servers are all told by then is seen by the
/// answers, which come after them.
async fn memory(sizes: &[Size], generator: &Generator, report: &mut String) {
    let mut row = async |name: String, place: Place, size: Size| {
        let times = place.ask(&questions(generator, size), 0, 20, 10).await;
        assert_eq!(times.histogram.len(), 20);
        let [now, peak] = ["VmRSS:", "VmHWM:"].map(|field| memory_of(place.bot.id(), field));
        writeln!(report, "| {name} | {now:.1} MB | {peak:.1} MB |").unwrap();
    };
    for &size in sizes {
        row(format!("Rapporteur, {size}"), Place::ours(size, generator, SERVERS).await, size).await;
    }
    row("the smallest bot".into(), Place::smallest(Size::First, SERVERS).await, Size::First).await;
}

fn memory_of(id: u32, field: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0 / 1e6
}

/// The CPU time of a process so far, in ms.
fn cpu(id: u32) -> f64 {
    cpu_in(&std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap())
}

/// The CPU time of all stand-ins' threads so far, in ms.
fn cpu_of_the_standin() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let stats = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("stat")).ok());
    stats.filter(|stat| stat.contains("(standin)")).map(|stat| cpu_in(&stat)).sum()
}

fn cpu_in(stat: &str) -> f64 {
    // After the name, which may have spaces in it, the 12th and 13th fields are in hundredths of a second.
    let fields = stat.rsplit_once(')').unwrap().1.split_whitespace();
    fields.skip(11).take(2).map(|field| field.parse::<f64>().unwrap() * 10.0).sum()
}
