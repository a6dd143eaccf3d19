//! Synapse as a process: its template, its start and its end.

use std::collections::HashSet;
use std::net::TcpListener;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::OnceCell;

use super::people::People;
use super::person::Person;
use super::proxy::Proxy;
use super::{PATIENCE, blocking, python};

const SETTINGS: &str = include_str!("synapse.yaml");
const LOG: &str = include_str!("log.yaml");
const SECRET: &str = "only for tests";
const PASSWORD: &str = "correct horse battery staple";

/// A homeserver of a test's own, or the one that tests share.
pub struct Homeserver {
    home: Arc<Home>,
    admin: OnceCell<Person>,
}

/// What a homeserver may have that most tests don't want.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weather {
    /// How many messages a second somebody may send, and how many at once.
    pub messages: Option<(f64, u32)>,
}

impl Weather {
    /// What Synapse does where nobody has said otherwise.
    pub fn as_usual() -> Weather {
        Weather { messages: Some((0.2, 10)) }
    }
}

/// An account with which nobody has logged in.
#[derive(Debug, Clone)]
pub struct Account {
    pub user_id: String,
    pub localpart: String,
    pub password: String,
}

pub(super) struct Home {
    folder: PathBuf,
    port: u16,
    process: Mutex<Option<Process>>,
    people: OnceCell<People>,
}

struct Process {
    child: Child,
    // It ends when this is dropped.
    input: ChildStdin,
}

impl Homeserver {
    /// A homeserver of its own, for a test that breaks it.
    pub async fn start() -> Homeserver {
        Homeserver::start_in(Weather::default()).await
    }

    pub async fn start_in(weather: Weather) -> Homeserver {
        let start = move || Homeserver { home: Arc::new(Home::start(weather)), admin: OnceCell::new() };
        blocking(start).await
    }

    /// The homeserver of all tests that leave it as it is.
    pub async fn shared() -> &'static Homeserver {
        static SHARED: OnceCell<Homeserver> = OnceCell::const_new();
        SHARED.get_or_init(Homeserver::start).await
    }

    /// The part of its users' ids after the colon.
    pub fn name(&self) -> &'static str {
        "localhost"
    }

    /// Its address, past every proxy.
    pub fn url(&self) -> String {
        self.home.url()
    }

    /// A new account. It gets a number if the homeserver is shared by tests that use the same names.
    pub async fn register(&self, localpart: &str) -> Account {
        self.home.register(localpart, false).await
    }

    /// Somebody with an account and a client, logged in.
    pub async fn person(&self, localpart: &str) -> Person {
        let account = self.register(localpart).await;
        self.login(&account).await
    }

    /// Somebody with another client, logged in to an account that exists.
    pub async fn login(&self, account: &Account) -> Person {
        Person::login(&self.home, account).await
    }

    /// The administrator of the homeserver.
    pub async fn admin(&self) -> &Person {
        let home = &self.home;
        let login = || async { Person::login(home, &home.register("admin", true).await).await };
        self.admin.get_or_init(login).await
    }

    /// The ids of all devices of an account.
    pub async fn devices(&self, user: &str) -> Vec<String> {
        let path = format!("/_synapse/admin/v2/users/{user}/devices");
        let answer = self.admin().await.raw("GET", &path, None).await;
        let devices = answer["devices"].as_array().unwrap();
        devices.iter().map(|device| device["device_id"].as_str().unwrap().to_string()).collect()
    }

    /// Logs a device out, as its owner can do elsewhere.
    pub async fn log_out(&self, user: &str, device: &str) {
        let path = format!("/_synapse/admin/v2/users/{user}/devices/{device}");
        self.admin().await.raw("DELETE", &path, None).await;
    }

    /// A proxy that stands between this homeserver and a bot.
    pub async fn proxy(&self) -> Proxy {
        Proxy::start(self.home.port).await
    }

    /// Ends Synapse in good order.
    pub async fn stop(&self) {
        let home = Arc::clone(&self.home);
        blocking(move || home.stop()).await;
    }

    /// Ends Synapse at once.
    pub fn kill(&self) {
        self.home.kill();
    }

    /// Starts Synapse again at the same address.
    pub async fn start_again(&self) {
        let home = Arc::clone(&self.home);
        blocking(move || home.launch()).await;
    }

    pub async fn restart(&self) {
        self.stop().await;
        self.start_again().await;
    }

    /// Starts Synapse again with more settings: a key that stands before has its last value.
    pub async fn restart_with(&self, more: &str) {
        self.stop().await;
        let path = self.home.folder.join("homeserver.yaml");
        let settings = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{settings}\n{more}\n")).unwrap();
        self.start_again().await;
    }
}

impl Drop for Homeserver {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.home.keep();
        }
        self.home.kill();
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.home.folder);
        }
    }
}

impl Home {
    fn start(weather: Weather) -> Home {
        let template = template();
        let folder = scene();
        copy(&template, &folder);
        let home = Home { port: free_port(), folder, process: Mutex::new(None), people: OnceCell::new() };
        write_settings(&home.folder, home.port, weather);
        home.launch();
        home
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub async fn people(&self) -> &People {
        let start = || async { People::start(&self.url(), SECRET, &self.folder) };
        self.people.get_or_init(start).await
    }

    async fn register(&self, localpart: &str, admin: bool) -> Account {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let localpart = format!("{localpart}-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let how = json!({"user": localpart, "password": PASSWORD, "admin": admin});
        let given = self.people().await.ask("nobody", "register", how).await.unwrap();
        let user_id = given["user_id"].as_str().unwrap().to_string();
        Account { user_id, localpart, password: PASSWORD.into() }
    }

    fn launch(&self) {
        *self.process.lock().unwrap() = Some(launch(&self.folder));
    }

    fn stop(&self) {
        let Some(process) = self.process.lock().unwrap().take() else { return };
        stop(process);
    }

    fn kill(&self) {
        let Some(Process { mut child, .. }) = self.process.lock().unwrap().take() else { return };
        let _ = child.kill();
        let _ = child.wait();
    }

    /// Leaves the folder for whoever wants to know why a test failed.
    pub fn keep(&self) {
        use std::io::Write as _;
        if let Ok(mut process) = self.process.lock()
            && let Some(process) = process.as_mut()
        {
            let _ = writeln!(process.input, "keep");
        }
        eprintln!("--- the homeserver's files are in {}", self.folder.display());
    }
}

/// A folder whose files are in memory, if there is such a place.
fn scene() -> PathBuf {
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix("rapporteur-");
    let folder = builder.tempdir_in("/dev/shm").or_else(|_| builder.tempdir()).unwrap();
    folder.keep()
}

/// The folder of a Synapse that has made its tables, and ended.
fn template() -> PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    let make = || {
        let name = format!("template-{}", python::hash(&[python::REQUIREMENTS, SETTINGS]));
        let whole = python::folder().join(name);
        if whole.exists() {
            return whole;
        }
        let folder = scene();
        write_settings(&folder, free_port(), Weather::default());
        let generate = "--generate-missing-configs";
        let made = Command::new(python::python())
            .args(["-m", "synapse.app.homeserver", generate, "-c"])
            .arg(folder.join("homeserver.yaml"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let status = stop(launch(&folder));
        assert!(status.success(), "Synapse did not end well: {status}\n{}", log(&folder));
        std::fs::remove_file(folder.join("synapse.log")).unwrap();
        let unfinished = whole.with_extension("unfinished");
        let _ = std::fs::remove_dir_all(&unfinished);
        std::fs::create_dir(&unfinished).unwrap();
        copy(&folder, &unfinished);
        std::fs::remove_dir_all(folder).unwrap();
        std::fs::rename(unfinished, &whole).unwrap();
        whole
    };
    // The lock is the one that the environment is made under.
    python::python();
    TEMPLATE.get_or_init(|| python::alone(make)).clone()
}

fn write_settings(folder: &Path, port: u16, weather: Weather) {
    let here = folder.to_str().unwrap();
    let mut settings = SETTINGS.replace("FOLDER", here).replace("PORT", &port.to_string());
    if let Some((per_second, at_once)) = weather.messages {
        let unlimited = "rc_message: &off { per_second: 100000, burst_count: 100000 }";
        let limited = format!("rc_message: {{ per_second: {per_second}, burst_count: {at_once} }}");
        assert!(settings.contains(unlimited));
        // The others go by the anchor that stands here.
        settings = settings
            .replace(unlimited, &format!("{limited}\nx: &off {{ per_second: 100000, burst_count: 100000 }}"));
    }
    std::fs::write(folder.join("homeserver.yaml"), settings).unwrap();
    std::fs::write(folder.join("log.yaml"), LOG.replace("FOLDER", here)).unwrap();
}

fn log(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("synapse.log")).unwrap_or_default();
    let last: Vec<&str> = text.lines().rev().take(30).collect();
    last.into_iter().rev().collect::<Vec<_>>().join("\n")
}

/// Starts Synapse and waits until it says, as it says to systemd, that it is ready.
fn launch(folder: &Path) -> Process {
    let notices = folder.join("ready");
    let _ = std::fs::remove_file(&notices);
    let socket = UnixDatagram::bind(&notices).unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let errors = std::fs::File::create(folder.join("errors")).unwrap();
    let mut child = Command::new(python::python())
        .arg(python::script("run_synapse.py"))
        .arg(folder)
        .arg("-c")
        .arg(folder.join("homeserver.yaml"))
        .env("NOTIFY_SOCKET", &notices)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(errors)
        .spawn()
        .unwrap();
    let input = child.stdin.take().unwrap();
    let until = Instant::now() + PATIENCE;
    let mut notice = [0; 200];
    loop {
        if let Ok(length) = socket.recv(&mut notice)
            && notice[..length].starts_with(b"READY=1")
        {
            return Process { child, input };
        }
        let ended = child.try_wait().unwrap();
        if ended.is_some() || Instant::now() > until {
            let errors = std::fs::read_to_string(folder.join("errors")).unwrap_or_default();
            let _ = child.kill();
            panic!("Synapse does not start ({ended:?}): {errors}\n{}", log(folder));
        }
    }
}

fn stop(process: Process) -> ExitStatus {
    let Process { mut child, input } = process;
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            drop(input);
            return status;
        }
        assert!(Instant::now() < until, "Synapse does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            std::fs::create_dir(&to).unwrap();
            copy(&from, &to);
        } else if from.is_file() {
            std::fs::copy(from, to).unwrap();
        }
    }
}

/// A port that nobody uses, and that no connection is given as its own end: those come from higher up. So a
/// homeserver finds its port free when it comes back.
fn free_port() -> u16 {
    static GIVEN: Mutex<Option<HashSet<u16>>> = Mutex::new(None);
    let mut given = GIVEN.lock().unwrap();
    let given = given.get_or_insert_default();
    // Other processes look for ports, too: begin at different ones.
    let start = std::process::id().wrapping_mul(37) as u16;
    (0..10_000)
        .map(|step| 18_000 + (start.wrapping_add(step) % 10_000))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok() && given.insert(*port))
        .expect("a free port")
}
