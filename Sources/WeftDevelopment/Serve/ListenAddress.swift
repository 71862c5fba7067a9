import FlyingSocks
import Foundation
import WeftToolchain

/// Where a server listens.
struct ListenAddress: Sendable {
  let host: String
  let port: UInt16
  let socket: any SocketAddress
  let isLoopback: Bool

  init(host: String, port: UInt16) throws(Problem) {
    self.host = host
    self.port = port
    let number = host == "localhost" ? "127.0.0.1" : host
    if let ip4 = try? sockaddr_in.inet(ip4: number, port: port) {
      socket = ip4
      isLoopback = number.hasPrefix("127.")
    } else if let ip6 = try? sockaddr_in6.inet6(ip6: number, port: port) {
      socket = ip6
      isLoopback = number == "::1"
    } else {
      throw Problem("--host takes an IP address of this machine or localhost, not \(host); 0.0.0.0 means all addresses")
    }
  }

  /// The URL of the site on this machine.
  func url(listening address: Socket.Address?) -> URL {
    var components = URLComponents()
    components.scheme = "http"
    components.path = "/"
    switch address {
    case .ip4(let ip, let port):
      components.host = ip == "0.0.0.0" ? "127.0.0.1" : ip
      components.port = Int(port)
    case .ip6(let ip, let port):
      components.host = ip == "::" ? "[::1]" : "[\(ip)]"
      components.port = Int(port)
    case .unix, nil:
      components.host = host
      components.port = Int(port)
    }
    return components.url!
  }

  /// Says what to do when the system refuses to listen.
  func explain(_ error: SocketError) -> any Error {
    guard case .failed(_, let number, let message) = error else { return error }
    switch number {
    case EADDRINUSE:
      return Problem("port \(port) of \(host) is taken by another program; choose another with --port, or --port 0 for any free one")
    case EACCES:
      return Problem("this user may not listen on port \(port); choose one above 1023 with --port")
    case EADDRNOTAVAIL:
      return Problem("\(host) is not an address of this machine; --host 0.0.0.0 means all addresses")
    default:
      return Problem("could not listen on \(host), port \(port): \(message)")
    }
  }
}
