import Testing
import WeftThreads

@Suite struct ChannelTests {
  @Test func aBoundedChannelHoldsItsCapacity() {
    let channel = Channel<Int>(capacity: 2)
    #expect(channel.receiveIfReady() == .empty)
    #expect(channel.send(1) == .sent)
    #expect(channel.sendIfReady(2) == .sent)
    #expect(channel.sendIfReady(3) == .full(3))
    #expect(channel.send(3, timeout: .microseconds(200)) == .full(3))
    #expect(channel.count == 2)
    #expect(channel.receive() == 1)
    #expect(channel.send(4) == .sent)
    #expect(channel.receive(timeout: .zero) == .received(2))
    #expect(channel.receive() == 4)
    #expect(channel.receive(timeout: .microseconds(200)) == .empty)
  }

  @Test func anUnboundedChannelGrowsInOrder() {
    let channel = Channel<[Int]>()
    var next = 0
    for round in 0..<200 {
      for number in 0..<round { channel.send([round * 1000 + number]) }
      for _ in 0..<round / 2 { _ = channel.receive() }
      next += round - round / 2
    }
    #expect(channel.count == next)
    var last = -1
    while case .received(let element) = channel.receiveIfReady() {
      #expect(element[0] > last)
      last = element[0]
    }
  }

  @Test func withoutCapacitySomebodyMustReceive() {
    let channel = Channel<Int>(capacity: 0)
    #expect(channel.sendIfReady(1) == .full(1))
    #expect(channel.send(1, timeout: .microseconds(200)) == .full(1))
    onThreads(2) { thread in
      if thread == 0 { channel.send(7) } else { #expect(channel.receive() == 7) }
    }
    #expect(channel.count == 0 && channel.receiveIfReady() == .empty)
  }

  @Test func afterClosingWhatWasSentIsReceived() {
    for capacity in [3, Int.max] {
      let channel = Channel<Int>(capacity: capacity)
      channel.send(1)
      channel.send(2)
      channel.close()
      channel.close()
      #expect(channel.isClosed)
      #expect(channel.send(3) == .closed(3))
      #expect(channel.sendIfReady(3).element() == 3)
      #expect(channel.send(3, timeout: .zero).element() == 3)
      #expect(Array(channel) == [1, 2])
      #expect(channel.receive() == nil)
      #expect(channel.receive(timeout: .zero) == .closed)
      #expect(channel.receiveIfReady() == .closed)
    }
  }

  @Test(.timeLimit(.minutes(5))) func closingWakesThoseWhoWait() {
    for _ in 0..<200 {
      let full = Channel<Int>(capacity: 1)
      let empty = Channel<Int>(capacity: 1)
      full.send(0)
      onThreads(4) { thread in
        switch thread {
        case 0: #expect(full.send(thread) == .closed(thread))
        case 1: #expect(empty.receive() == nil)
        case 2:
          var select = Select()
          select.receive(from: empty) { #expect($0 == nil) }
          select.send(9, to: full) { #expect($0 == .closed(9)) }
          #expect(holds(select.wait() && select.wait() && !select.wait()))
        default:
          full.close()
          empty.close()
        }
      }
      #expect(Array(full) == [0])
    }
  }

  @Test func elementsAreMovedAndDroppedOnce() {
    let log = Log()
    do {
      let channel = Channel<Resource>(capacity: 4)
      for number in 0..<3 { channel.send(Resource(log, number)) }
      do {
        let first = channel.receive()
        switch first {
        case .some(let resource): #expect(holds(resource.number == 0 && log.count == 0))
        case nil: Issue.record("nothing received")
        }
      }
      #expect(log.count == 1)
      channel.close()
      do {
        let back = channel.send(Resource(log, 5)).element()
        #expect(back != nil && log.count == 1)
      }
      #expect(log.count == 2)
    }
    #expect(log.count == 4)
  }

  @Test func whenTheLastSenderIsGoneReceiversEnd() {
    var (sender, receiver): (ChannelSender<Int>?, ChannelReceiver<Int>) = Channel<Int>.makeEnds()
    var second = sender
    sender?.send(1)
    sender = nil
    second?.send(2)
    #expect(receiver.receiveIfReady() == .received(1))
    second = nil
    #expect(sender == nil && second == nil)
    #expect(Array(receiver) == [2])
    #expect(receiver.receive(timeout: .zero) == .closed)
  }

  @Test func whenTheLastReceiverIsGoneElementsComeBack() {
    let log = Log()
    var (sender, receiver): (ChannelSender<Resource>, ChannelReceiver<Resource>?) = Channel<Resource>.makeEnds(capacity: 4)
    sender.send(Resource(log))
    receiver = nil
    // What nobody can receive is dropped.
    #expect(receiver == nil && log.count == 1)
    let isSent = sender.sendIfReady(Resource(log)).isSent
    #expect(!isSent && log.count == 2)
  }

  @Test func selectTakesWhatIsReady() {
    let numbers = Channel<Int>()
    let texts = Channel<String>(capacity: 1)
    var seen: [String] = []
    var select = Select()
    #expect(holds(select.isEmpty && !select.wait()))
    select.receive(from: numbers) { number in seen.append(number.map { "\($0)" } ?? "end") }
    select.receive(from: texts) { text in seen.append(text ?? "the end") }
    #expect(holds(!select.runIfReady() && !select.wait(timeout: .microseconds(200))))
    numbers.send(1)
    #expect(holds(select.wait()))
    texts.send("a")
    #expect(holds(select.runIfReady()))
    numbers.close()
    #expect(holds(select.wait(timeout: .zero)))
    texts.close()
    #expect(holds(select.wait() && !select.wait() && select.isEmpty))
    #expect(seen == ["1", "a", "end", "the end"])
  }

  @Test func selectSendsOnceAndGivesBackWhatItDoesNotSend() {
    let log = Log()
    let full = Channel<Resource>(capacity: 0)
    let free = Channel<Resource>(capacity: 1)
    do {
      var select = Select()
      select.send(Resource(log, 1), to: full) { _ in Issue.record("nobody receives") }
      select.send(Resource(log, 2), to: free) { result in #expect(holds(result.isSent)) }
      #expect(holds(select.wait()))
      #expect(holds(!select.runIfReady()))
      #expect(log.count == 0)
    }
    // The element that was not sent went with the select.
    #expect(log.count == 1)
    full.close()
    var select = Select()
    select.send(Resource(log, 3), to: full) { result in
      switch consume result {
      case .closed(let resource): #expect(holds(resource.number == 3))
      default: Issue.record("not given back")
      }
    }
    #expect(holds(select.wait()))
    #expect(log.count == 2)
  }

  @Test func selectIsFair() {
    let channels = (0..<4).map { _ in Channel<Int>() }
    for channel in channels { for number in 0..<2000 { channel.send(number) } }
    var counts = [0, 0, 0, 0]
    var select = Select()
    for (index, channel) in channels.enumerated() { select.receive(from: channel) { _ in counts[index] += 1 } }
    for _ in 0..<2000 { select.wait() }
    for count in counts { #expect((350...650).contains(count)) }
  }

  @Test(.timeLimit(.minutes(5))) func aSelectDoesNotMeetItself() {
    let channel = Channel<Int>(capacity: 0)
    var select = Select()
    select.receive(from: channel) { _ in Issue.record("received its own") }
    select.send(1, to: channel) { _ in Issue.record("sent to itself") }
    #expect(holds(!select.wait(timeout: .milliseconds(2))))
    onThreads(1) { _ in #expect(channel.sendIfReady(1) == .full(1)) }
  }
}
