import Testing

@Suite struct WorkerMessageMacroTests {
  @Test func takesTheCodecOfTheType() throws {
    let text = try expansion(of: "@JS @WorkerMessage public struct Job { var id: Int }")
    #expect(text.contains("public enum __weft_codec_Job: _JSCodec"))
    #expect(text.contains("extension Job: WorkerMessage { public typealias _Codec = __weft_codec_Job }"))
    #expect(try expansion(of: "@JS @WorkerMessage enum Shape { case point }").contains("extension Shape: WorkerMessage { typealias _Codec"))
  }

  @Test(arguments: [
    "@WorkerMessage struct Job { var id: Int }",
    "@JS @WorkerMessage final class Job { @JS init() {} }",
  ])
  func refuses(_ source: String) {
    #expect(diagnostics(of: source).contains("'@WorkerMessage' goes with '@JS' on a struct or an enum at the top level of a file"))
  }
}
