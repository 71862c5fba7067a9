import Foundation
import Testing

@testable import WeftPackaging

@Suite struct SharedMemoryTests {
  @Test(arguments: ["JSSharedMemory", "JSSharedMemory?", "[JSSharedMemory]", "[String: JSSharedMemory]", "(JSSharedMemory) -> Void"])
  func itIsFoundInsideOfOtherTypes(_ spelling: String) {
    #expect(BridgedType(spelling: spelling)?.holds { $0 == .sharedMemory } == true)
  }

  @Test(arguments: ["JSValue", "[Double]", "(Int) -> Bool"])
  func itIsNotFoundElsewhere(_ spelling: String) {
    #expect(BridgedType(spelling: spelling)?.holds { $0 == .sharedMemory } == false)
  }
}
