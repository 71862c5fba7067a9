/// Refuses requests that reached a server on the loopback interface under a foreign name. Otherwise any web page could have
/// its own name resolve to 127.0.0.1 and read what is served here (DNS rebinding).
struct HostCheck: Sendable {
  /// Whether the server can be reached from this machine only.
  let isLoopback: Bool

  func allows(_ host: String?) -> Bool {
    guard isLoopback else { return true }
    guard let host, let match = host.lowercased().wholeMatch(of: #/(\[[0-9a-f:]+\]|[^:]+)(:\d+)?/#) else { return false }
    let name = match.1
    return name == "localhost" || name.hasSuffix(".localhost") || name == "127.0.0.1" || name == "[::1]"
  }
}
