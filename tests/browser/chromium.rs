//! A Chromium without a window, asked over its debugging pipe.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Browser {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    asked: u64,
    /// Events that came while answers were waited for.
    events: Vec<Value>,
    _profile: tempfile::TempDir,
}

const NAMES: [&str; 4] = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

impl Browser {
    /// Offline, with an empty page of 1280 × 800.
    pub fn start() -> Self {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        let found =
            NAMES.iter().find_map(|name| std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file()));
        let program = found.expect("a Chromium: apt-get install chromium-headless-shell fonts-noto-cjk");
        let profile = tempfile::tempdir().expect("a folder");
        // The pipe is file 3 to it and 4 from it.
        let shell = "exec \"$0\" --headless --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir=\"$1\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";
        let mut child = Command::new("sh")
            .args(["-c", shell])
            .arg(program)
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (to, from) = (child.stdin.take().expect("a pipe"), BufReader::new(child.stdout.take().expect("a pipe")));
        let mut browser = Self { child, to, from, session: None, asked: 0, events: Vec::new(), _profile: profile };
        let target = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }))["targetId"].clone();
        let session = browser.ask("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for part in ["Network", "Runtime", "Log", "Page", "DOM", "CSS"] {
            browser.ask(&format!("{part}.enable"), &json!({}));
        }
        let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
        browser.ask("Network.emulateNetworkConditions", &offline);
        browser.size(1280, 800);
        browser
    }

    pub fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(message.to_string().as_bytes()).and_then(|()| self.to.write_all(b"\0")).expect("it listens");
        loop {
            let answer = self.next();
            if answer["id"] == self.asked {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    fn next(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).expect("it answers");
        bytes.pop();
        serde_json::from_slice(&bytes).expect("JSON")
    }

    pub fn size(&mut self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", &size);
    }

    pub fn open(&mut self, file: &Path) {
        self.ask("Page.navigate", &json!({ "url": format!("file://{}", file.display()) }));
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.next();
            self.events.push(event);
        }
    }

    /// The value of an expression of the page's own language.
    pub fn value(&mut self, expression: &str) -> Value {
        // Twice a frame later everything that an event set off has happened.
        let settled = format!("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done({expression}))))");
        let answer = self.ask("Runtime.evaluate", &json!({ "expression": settled, "returnByValue": true, "awaitPromise": true }));
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Runs statements.
    pub fn run(&mut self, statements: &str) {
        let answer = self.ask("Runtime.evaluate", &json!({ "expression": statements }));
        assert!(answer["exceptionDetails"].is_null(), "{statements}: {answer}");
    }

    pub fn press(&mut self, key: &str) {
        let text = if key.len() == 1 { key } else { "" };
        for kind in ["keyDown", "keyUp"] {
            self.ask("Input.dispatchKeyEvent", &json!({ "type": kind, "key": key, "text": if kind == "keyDown" { text } else { "" } }));
        }
    }

    /// Pages of the print-out.
    pub fn printed(&mut self) -> usize {
        let pdf = decoded(self.ask("Page.printToPDF", &json!({ "preferCSSPageSize": true }))["data"].as_str().expect("a document"));
        let text = String::from_utf8_lossy(&pdf);
        text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
    }

    pub fn picture(&mut self, to: &Path) {
        self.captured(to, &json!({ "format": "png" }));
    }

    /// From the upper left corner of one element to the lower right of another, made smaller or not.
    pub fn picture_from(&mut self, first: &str, last: &str, scale: f64, to: &Path) {
        let of = |selector: &str| format!("document.querySelector(\"{selector}\").getBoundingClientRect()");
        let (first, last) = (of(first), of(last));
        let edges =
            self.value(&format!("[{first}.left + scrollX, {first}.top + scrollY, {last}.right + scrollX, {last}.bottom + scrollY]"));
        let edge = |at: usize| edges[at].as_f64().expect("a number");
        let clip = json!({ "x": edge(0) - 8.0, "y": edge(1) - 8.0, "width": edge(2) - edge(0) + 16.0, "height": edge(3) - edge(1) + 16.0, "scale": scale });
        self.captured(to, &json!({ "format": "png", "clip": clip, "captureBeyondViewport": true }));
    }

    fn captured(&mut self, to: &Path, how: &Value) {
        let picture = self.ask("Page.captureScreenshot", how);
        std::fs::write(to, decoded(picture["data"].as_str().expect("a picture"))).expect("written");
    }

    /// Families of the fonts that draw an element.
    pub fn fonts(&mut self, selector: &str) -> Vec<String> {
        let root = self.ask("DOM.getDocument", &json!({ "depth": 0 }))["root"]["nodeId"].clone();
        let node = self.ask("DOM.querySelector", &json!({ "nodeId": root, "selector": selector }))["nodeId"].clone();
        let fonts = self.ask("CSS.getPlatformFontsForNode", &json!({ "nodeId": node }));
        let fonts = fonts["fonts"].as_array().expect("fonts").iter();
        fonts.map(|font| font["familyName"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Addresses asked for, and complaints, since the start.
    pub fn noticed(&self) -> (Vec<String>, Vec<String>) {
        let of = |method: &'static str| self.events.iter().filter(move |event| event["method"] == method);
        let requests = of("Network.requestWillBeSent").map(|event| event["params"]["request"]["url"].to_string());
        let complaints = of("Runtime.exceptionThrown").chain(of("Log.entryAdded")).chain(of("Runtime.consoleAPICalled"));
        (requests.collect(), complaints.map(ToString::to_string).collect())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn decoded(base64: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values: Vec<u32> = base64.bytes().filter_map(|byte| LETTERS.iter().position(|known| *known == byte)).map(|at| at as u32).collect();
    let bytes = |four: &[u32]| {
        let bits = four.iter().fold(0, |bits, value| bits << 6 | value) << (6 * (4 - four.len()));
        (0..four.len() - 1).map(move |at| (bits >> (16 - 8 * at)) as u8)
    };
    values.chunks(4).flat_map(bytes).collect()
}
