import Weft

final class MapFilterCollect: Kernel {
  private let size: UInt32
  private var result: [UInt32] = []

  init(size: Int) { self.size = UInt32(size) }

  override func sequential(_ repetition: Int) {
    result = []
    for x in 0..<size {
      let square = x &* x
      if square % 3 == 0 { result.append(square) }
    }
  }

  override func parallel(_ repetition: Int) {
    result = []
    result = (0..<size).parallel.map { $0 &* $0 }.filter { $0 % 3 == 0 }.collect()
  }

  override var hash: UInt32 { result.withUnsafeBufferPointer { hashOf($0) } }
}
