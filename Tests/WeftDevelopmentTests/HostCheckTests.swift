import Testing

@testable import WeftDevelopment

@Suite struct HostCheckTests {
  @Test(arguments: ["localhost", "localhost:8080", "LOCALHOST", "app.localhost:1", "127.0.0.1:80", "[::1]", "[::1]:8080"])
  func allowsThisMachine(host: String) {
    #expect(HostCheck(isLoopback: true).allows(host))
  }

  @Test(arguments: [
    "example.org", "example.org:8080", "localhost.example.org", "127.0.0.1.example.org", "notlocalhost", "", "192.168.1.2", "a:b:c",
  ])
  func refusesForeignNames(host: String) {
    #expect(!HostCheck(isLoopback: true).allows(host))
    #expect(HostCheck(isLoopback: false).allows(host))
  }

  @Test func refusesRequestWithoutHost() {
    #expect(!HostCheck(isLoopback: true).allows(nil))
  }
}
