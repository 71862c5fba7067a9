import Foundation
import Synchronization
import WeftToolchain

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Gets resources of a host, each within a bounded time and a bounded size.
struct WebClient: Sendable {
  private let seconds: Double
  private let maximumBytes: Int

  init(seconds: Double = 15, maximumBytes: Int = 4 << 20) {
    self.seconds = seconds
    self.maximumBytes = maximumBytes
  }

  /// Gets a resource, following redirects. A failure says what is wrong with the connection.
  func get(_ url: URL) async throws(Problem) -> WebResource {
    var place = url
    // As many as browsers follow.
    for _ in 0...20 {
      let resource = try await answer(to: place)
      guard [301, 302, 303, 307, 308].contains(resource.status), let location = resource.headers["location"],
        let next = URL(string: location, relativeTo: place)?.absoluteURL, ["http", "https"].contains(next.scheme?.lowercased())
      else { return resource }
      place = next
    }
    throw Problem("\(url.absoluteString) is redirected again and again; check the host's redirects")
  }

  private func answer(to url: URL) async throws(Problem) -> WebResource {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    configuration.timeoutIntervalForRequest = seconds
    configuration.timeoutIntervalForResource = seconds
    let receiver = Receiver(maximumBytes: maximumBytes)
    let session = URLSession(configuration: configuration, delegate: receiver, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: url).resume()
    // The limits of the session are not kept everywhere while bytes trickle in.
    let limit = Task { [seconds] in
      try await Task.sleep(for: .seconds(seconds))
      receiver.finish(failure: URLError(.timedOut))
    }
    defer { limit.cancel() }
    let result = await receiver.result
    do {
      return try result.get()
    } catch {
      throw Problem(explain(error, url))
    }
  }

  private func explain(_ error: any Error, _ url: URL) -> String {
    let host = url.host ?? url.absoluteString
    let place = url.port.map { "\(host), port \($0)" } ?? host
    switch (error as? URLError)?.code {
    case .cannotFindHost, .dnsLookupFailed:
      return "there is no host \(host) as far as this machine can tell; check the spelling and the DNS entry"
    case .cannotConnectToHost, .networkConnectionLost, .notConnectedToInternet:
      return "\(place) does not answer as a web server; check that it runs and that the scheme and the port are right"
    case .timedOut:
      return "\(place) did not answer \(url.absoluteString) within \(Int(seconds.rounded(.up))) s"
    case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
      .serverCertificateNotYetValid, .clientCertificateRejected, .clientCertificateRequired:
      return "no safe connection to \(place) (\(error.localizedDescription)); browsers refuse it too, so check the host's certificate"
    default:
      // Where the system has no number for it: what the other side speaks is not TLS.
      if url.scheme?.lowercased() == "https", error.localizedDescription.contains(/SSL|TLS|certificate/) {
        return
          "no safe connection to \(place) (\(error.localizedDescription)); check that the host speaks HTTPS there and has a certificate"
      }
      return "could not get \(url.absoluteString): \(error.localizedDescription)"
    }
  }
}

/// Takes in one response, up to a number of bytes.
private final class Receiver: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var response: HTTPURLResponse?
    var body = Data()
  }

  private let state = Mutex(State())
  private let maximumBytes: Int
  private let results: AsyncStream<Result<WebResource, any Error>>
  private let continuation: AsyncStream<Result<WebResource, any Error>>.Continuation

  init(maximumBytes: Int) {
    self.maximumBytes = maximumBytes
    (results, continuation) = AsyncStream.makeStream()
  }

  /// What has come, once it has; a failure if the task is cancelled meanwhile.
  var result: Result<WebResource, any Error> {
    get async { await results.first { _ in true } ?? .failure(URLError(.cancelled)) }
  }

  /// Redirects are followed by the client: not every system resolves them as browsers do.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    state.withLock { $0.response = response as? HTTPURLResponse }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isEnough = state.withLock { state in
      state.body.append(data)
      return state.body.count >= maximumBytes
    }
    if isEnough { finish(failure: nil) }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    finish(failure: error)
  }

  /// What comes later is of no interest.
  func finish(failure: (any Error)?) {
    let result = state.withLock { state -> Result<WebResource, any Error> in
      if let failure { return .failure(failure) }
      guard let response = state.response, let url = response.url else { return .failure(URLError(.badServerResponse)) }
      let headers = response.allHeaderFields.map { ("\($0)", "\($1)") }
      return .success(
        WebResource(
          url: url, status: response.statusCode, headers: Dictionary(headers, uniquingKeysWith: { "\($0), \($1)" }), body: state.body))
    }
    continuation.yield(result)
    continuation.finish()
  }
}
