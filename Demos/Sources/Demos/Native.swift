#if !arch(wasm32)
  import Raytracer

  /// What `swift run Demos` does: the same rendering, natively.
  @main
  struct Native {
    static func main() {
      let rendering = Rendering(width: 960, height: 600, samples: 4)
      var fingerprint = ""
      let duration = ContinuousClock().measure { fingerprint = rendering.fingerprint() }
      print("\(rendering.width) x \(rendering.height), \(rendering.samples) samples a pixel: \(duration), fingerprint \(fingerprint)")
    }
  }
#endif
