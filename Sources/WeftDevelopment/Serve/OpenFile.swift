import FlyingSocks
import Foundation
import WeftToolchain

/// A regular file, opened. Its size and tag are those of the very file that is read, even if a build replaces it meanwhile.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// The number of bytes.
  let size: Int
  /// Changes whenever the file does.
  let tag: String

  /// Opens the file at `path`; there is none if that is no regular file that may be read.
  init?(path: String) {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    size = Int(status.st_size)
    #if os(Linux)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    tag = [UInt64(status.st_ino), UInt64(size), UInt64(time.tv_sec), UInt64(time.tv_nsec)]
      .map { String($0, radix: 36) }.joined(separator: "-")
  }

  deinit {
    close(descriptor)
  }

  /// Reads at most `count` bytes from `offset` on.
  func read(at offset: Int, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let result = pread(descriptor, buffer.baseAddress, count, off_t(offset))
      guard result >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      filled = result
    }
  }

  /// A part of the file, read piece by piece as it is sent.
  func bytes(_ range: Range<Int>) -> FileBytes {
    FileBytes(file: self, range: range)
  }
}

/// A part of a file as an asynchronous sequence.
struct FileBytes: AsyncBufferedSequence {
  typealias Element = UInt8

  let file: OpenFile
  let range: Range<Int>

  func makeAsyncIterator() -> Iterator {
    Iterator(file: file, rest: range)
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    let file: OpenFile
    var rest: Range<Int>

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      guard !rest.isEmpty else { return nil }
      let bytes = try file.read(at: rest.lowerBound, count: Swift.min(count, rest.count))
      // A file cut short meanwhile cannot give what was announced; only closing the connection says so.
      guard !bytes.isEmpty else { throw Problem("the file became shorter while it was sent") }
      rest = rest.lowerBound + bytes.count..<rest.upperBound
      return bytes
    }
  }
}
