import Foundation
import WeftToolchain

/// What runs tests.
public enum TestEngine: String, CaseIterable, Sendable {
  case node
  case chromium
  case firefox

  /// As people call it.
  var title: String {
    switch self {
    case .node: "Node"
    case .chromium: "Chromium"
    case .firefox: "Firefox"
    }
  }

  private var names: [String] {
    switch self {
    case .node: ["node"]
    case .chromium:
      ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
    case .firefox: ["firefox", "firefox-esr"]
    }
  }

  private var applications: [String] {
    switch self {
    case .node: []
    case .chromium:
      ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
    case .firefox: ["/Applications/Firefox.app/Contents/MacOS/firefox"]
    }
  }

  private var advice: String {
    switch self {
    case .node: "install Node 20 or newer from https://nodejs.org, or use --engine chromium or --engine firefox"
    case .chromium: "install Chromium (Debian: apt-get install chromium) or Chrome, or use --engine node or --engine firefox"
    case .firefox: "install Firefox (Debian: apt-get install firefox-esr), or use --engine node or --engine chromium"
    }
  }

  /// Finds the program.
  func find(environment: [String: String] = ProcessInfo.processInfo.environment) throws(Problem) -> URL {
    for name in names {
      if let found = ChildProcess.find(name, environment: environment) { return found }
    }
    for path in applications where FileManager.default.isExecutableFile(atPath: path) { return URL(fileURLWithPath: path) }
    throw Problem("there is no \(names[0]) in PATH to run tests in \(title); \(advice)")
  }

  /// What starts a browser without a window, with a profile in a folder of its own, and opens a page.
  func browserArguments(profile: URL, page: URL) -> [String] {
    switch self {
    case .node: []
    case .chromium:
      // Chromium refuses to run in its sandbox as root, which is who tests in containers run as.
      (getuid() == 0 ? ["--no-sandbox"] : []) + [
        "--headless=new", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
        "--disable-background-networking", "--disable-extensions", "--user-data-dir=\(profile.path)", page.absoluteString,
      ]
    case .firefox: ["--headless", "--no-remote", "--profile", profile.path, page.absoluteString]
    }
  }
}
