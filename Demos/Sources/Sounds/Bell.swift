import Weft

/// Fills a block of sound with a bell that was struck at the first sample: its partials, each fading in its own time.
///
/// - Parameters:
///   - start: The number of the block's first sample.
///   - rate: Samples in a second.
///   - pitch: Hertz.
@JS public func ring(_ block: SharedBuffer<Float>, from start: Double, rate: Double, pitch: Double) {
  for index in block.indices {
    let time = (start + Double(index)) / rate
    var sample = 0.0
    for (ratio, level) in [(0.5, 0.3), (1.0, 1.0), (1.2, 0.5), (1.5, 0.4), (2.0, 0.6), (2.7, 0.2)] as [(Double, Double)] {
      sample += level * exp(-time * ratio * 2) * sin(2 * .pi * pitch * ratio * time)
    }
    block[index] = Float(sample * 0.25)
  }
}
