package io.rserpool.gateway.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The built-in resolver with a cache, in place of the virtual machine's, which makes no difference
/// between hosts and pools.
final class HostCache implements InetAddressResolver {

  /// A program that looks up more hosts than these within the time looks them up again.
  private static final int HOSTS_MAX = 1000;

  private record Question(String host, int characteristics) {}

  /// @param error what was wrong, or an empty text
  private record Answer(List<InetAddress> addresses, String error, long endNs, boolean isEndless) {}

  private final InetAddressResolver builtin;
  private final CacheTimes times;
  private final LongSupplier clockNs;
  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

  HostCache(InetAddressResolver builtin, CacheTimes times) {
    this(builtin, times, System::nanoTime);
  }

  HostCache(InetAddressResolver builtin, CacheTimes times, LongSupplier clockNs) {
    this.builtin = builtin;
    this.times = times;
    this.clockNs = clockNs;
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    Question question = new Question(host, policy.characteristics());
    Answer answer = answers.get(question);
    if (answer == null || hasEnded(answer)) {
      answer = ask(question, policy);
    }
    if (!answer.error().isEmpty()) {
      throw new UnknownHostException(answer.error());
    }
    return answer.addresses().stream();
  }

  private boolean hasEnded(Answer answer) {
    return !answer.isEndless() && answer.endNs() - clockNs.getAsLong() <= 0;
  }

  private Answer ask(Question question, LookupPolicy policy) {
    Answer answer;
    try (Stream<InetAddress> found = builtin.lookupByName(question.host(), policy)) {
      answer = answer(found.toList(), "", times.found());
    } catch (UnknownHostException e) {
      String text = e.getMessage();
      answer = answer(List.of(), text == null ? question.host() : text, times.unknown());
    }
    if (answers.size() >= HOSTS_MAX) {
      answers.clear();
    }
    answers.put(question, answer);
    return answer;
  }

  private Answer answer(List<InetAddress> addresses, String error, Duration life) {
    return new Answer(addresses, error, clockNs.getAsLong() + life.toNanos(), life.isNegative());
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    return builtin.lookupByAddress(address);
  }
}
