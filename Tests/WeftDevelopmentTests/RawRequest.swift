import Foundation

/// An HTTP exchange as it goes over the wire: no library puts a path in order before it is sent.
struct RawResponse {
  let status: Int
  let headers: [String: String]
  let body: String

  init(_ text: String) throws {
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = parts[0].components(separatedBy: "\r\n")
    guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { throw CocoaError(.fileReadCorruptFile) }
    self.status = status
    headers = Dictionary(
      lines.dropFirst().compactMap { line in
        line.firstIndex(of: ":").map { (line[..<$0].lowercased(), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces)) }
      }, uniquingKeysWith: { $1 })
    body = parts.count > 1 ? String(parts[1]) : ""
  }
}

/// A connection to a server on this machine.
final class RawConnection: Sendable {
  private let socket: FileHandle

  init(port: Int) throws {
    #if os(Linux)
      let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    socket = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  func send(_ text: String) throws {
    try socket.write(contentsOf: Data(text.utf8))
  }

  func receiveAll() async -> String {
    await receive { _ in false }
  }

  /// Reads until `text` has come.
  func receive(until text: String) async -> String {
    await receive { $0.contains(text) }
  }

  /// Reads until `isEnough`, or until the other side closes the connection. Reading blocks, so it has a thread of its own:
  /// blocked tests would leave the server none.
  private func receive(_ isEnough: @escaping @Sendable (String) -> Bool) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [socket] in
        var received = Data()
        while !isEnough(String(decoding: received, as: UTF8.self)) {
          let more = socket.availableData
          if more.isEmpty { break }
          received += more
        }
        continuation.resume(returning: String(decoding: received, as: UTF8.self))
      }
    }
  }
}
