package io.rserpool.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes random parameter values of every kind, all of them encodable, with the extremes drawn
/// often.
public final class ParameterGenerator {

  /// How many kinds of policy there are, the unknown one included.
  public static final int POLICY_KINDS = 20;

  /// How many kinds of user transport there are.
  public static final int TRANSPORT_KINDS = 6;

  private final RandomGenerator random;
  private final WireForm form;

  /// Draws from `random`; the values survive encoding and decoding in `form`.
  public ParameterGenerator(RandomGenerator random, WireForm form) {
    this.random = random;
    this.form = form;
  }

  /// 1 to 40 bytes, printable or not.
  public PoolHandle handle() {
    return random.nextBoolean()
        ? PoolHandle.of("pool-" + random.nextInt(1000))
        : new PoolHandle(octets(1, 40));
  }

  public ElementId elementId() {
    return ElementId.of(random.nextInt());
  }

  public ServerId serverId() {
    return ServerId.of(random.nextInt(8) == 0 ? 0 : random.nextInt());
  }

  /// Between `min` and `max` random bytes.
  public Octets octets(int min, int max) {
    byte[] bytes = new byte[random.nextInt(min, max + 1)];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  public IpAddress address() {
    return random.nextInt(3) > 0
        ? new IpAddress.V4(random.nextInt())
        : new IpAddress.V6(random.nextLong(), random.nextLong());
  }

  public AsapTransport.Sctp sctp() {
    return new AsapTransport.Sctp(list(1, 5, this::address), port(), use());
  }

  public AsapTransport.Tcp tcp() {
    return new AsapTransport.Tcp(
        address(), port(), form.tcpTransportUse() ? use() : TransportUse.DATA_ONLY);
  }

  /// SCTP or TCP.
  public AsapTransport asapTransport() {
    return random.nextBoolean() ? sctp() : tcp();
  }

  public TransportAddress userTransport() {
    return userTransport(random.nextInt(TRANSPORT_KINDS));
  }

  /// A user transport of the given kind, 0 to [#TRANSPORT_KINDS] - 1.
  public TransportAddress userTransport(int kind) {
    return switch (kind) {
      case 0 -> sctp();
      case 1 -> tcp();
      case 2 -> new TransportAddress.Udp(address(), port());
      case 3 -> new TransportAddress.UdpLite(address(), port());
      case 4 -> new TransportAddress.Dccp(address(), port(), number());
      case 5 -> new TransportAddress.Opaque(octets(0, 30));
      default -> throw new IllegalArgumentException("no such kind of transport: " + kind);
    };
  }

  public Policy policy() {
    return policy(random.nextInt(POLICY_KINDS));
  }

  /// A policy of the given kind, 0 to [#POLICY_KINDS] - 1, in the order of [Policy]'s records.
  public Policy policy(int kind) {
    return switch (kind) {
      case 0 -> Policy.RoundRobin.INSTANCE;
      case 1 -> new Policy.WeightedRoundRobin(number());
      case 2 -> new Policy.Random();
      case 3 -> new Policy.WeightedRandom(number());
      case 4 -> new Policy.Priority(number());
      case 5 -> new Policy.LeastUsed(number());
      case 6 -> new Policy.LeastUsedDegradation(number(), number());
      case 7 -> new Policy.PriorityLeastUsed(number(), number());
      case 8 -> new Policy.RandomizedLeastUsed(number());
      case 9 -> new Policy.RandomizedPriorityLeastUsed(number(), number());
      case 10 -> new Policy.RandomizedLeastUsedDegradation(number(), number());
      case 11 -> new Policy.PriorityLeastUsedDegradation(number(), number());
      case 12 -> new Policy.RandomizedPriorityLeastUsedDegradation(number(), number());
      case 13 -> new Policy.WeightedRandomDpf(number(), number(), number());
      case 14 -> new Policy.LeastUsedDpf(number(), number(), number());
      case 15 -> new Policy.LeastUsedDegradationDpf(number(), number(), number(), number());
      case 16 -> new Policy.PriorityLeastUsedDpf(number(), number(), number(), number());
      case 17 -> new Policy.PriorityLeastUsedDegradationDpf(number(), number(), number(), number());
      case 18 -> new Policy.MostUsed(number());
      case 19 -> new Policy.Extension(0x9000_0000L + random.nextInt(100), octets(0, 5 * 4));
      default -> throw new IllegalArgumentException("no such kind of policy: " + kind);
    };
  }

  public PoolElementParameter element() {
    return element(userTransport());
  }

  /// An element with the given user transport.
  public PoolElementParameter element(TransportAddress userTransport) {
    return new PoolElementParameter(
        elementId(),
        serverId(),
        random.nextInt(4) == 0 ? PoolElementParameter.LIFE_INFINITE : random.nextInt(),
        userTransport,
        policy(),
        random.nextBoolean() ? AsapTransport.Absent.INSTANCE : asapTransport());
  }

  /// An element as registrars tell each other: mostly with a registrant.
  public PoolElementParameter ownedElement() {
    PoolElementParameter element = element();
    return form.ownParameters() && random.nextInt(3) > 0
        ? element.withRegistrant(registrant())
        : element;
  }

  /// 1 to 40 printable characters, seldom as many as there may be.
  private String registrant() {
    int size =
        random.nextInt(20) == 0 ? PoolElementParameter.REGISTRANT_SIZE_MAX : random.nextInt(1, 41);
    StringBuilder name = new StringBuilder(size);
    for (int i = 0; i < size; i++) {
      name.append((char) random.nextInt(' ', '~' + 1));
    }
    return name.toString();
  }

  public ServerInformation server() {
    return new ServerInformation(serverId(), list(1, 2, this::asapTransport));
  }

  /// A cause with the information that belongs to it, or one that nobody has defined, with any
  /// bytes. No form changes its number.
  public ErrorCause cause() {
    if (random.nextInt(4) == 0) {
      return new ErrorCause(random.nextInt(0x2000, 0x3000), octets(0, 24));
    }
    CauseCode code = pick(CauseCode.values());
    return ErrorCause.of(
        code,
        switch (code) {
          case UNRECOGNIZED_PARAMETER ->
              parameter(out -> {
                int mark = out.open(random.nextInt(0xc001, 0xd000));
                out.octets(octets(0, 12));
                out.close(mark);
              });
          case UNRECOGNIZED_MESSAGE ->
              parameter(out -> {
                out.openMessage(random.nextInt(0x40, 0x80), 0);
                ParameterCodec.writeHandle(out, handle());
              });
          case INVALID_VALUES -> parameter(out -> ParameterCodec.writeElementId(out, elementId()));
          case INCONSISTENT_POLICY -> parameter(out -> PolicyCodec.write(out, policy()));
          case INCONSISTENT_TRANSPORT ->
              parameter(out -> TransportCodec.write(out, userTransport()));
          case UNSPECIFIED,
              NON_UNIQUE_ELEMENT_ID,
              LACK_OF_RESOURCES,
              INCONSISTENT_TRANSPORT_USE,
              UNKNOWN_POOL_HANDLE,
              SECURITY ->
              Octets.EMPTY;
        });
  }

  /// What is written, without its last padding: header, length and value of one parameter or
  /// message.
  private Octets parameter(Consumer<WireWriter> content) {
    WireWriter out = new WireWriter(form.withLengthForm(LengthForm.RFC), "cause");
    content.accept(out);
    byte[] bytes = out.closeMessage();
    return Octets.copyOf(bytes, 0, ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff));
  }

  /// Between `min` and `max` values.
  public <T> List<T> list(int min, int max, Supplier<T> values) {
    List<T> list = new ArrayList<>();
    int size = random.nextInt(min, max + 1);
    while (list.size() < size) {
      list.add(values.get());
    }
    return list;
  }

  /// One of the given values.
  public <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private TransportUse use() {
    return random.nextBoolean() ? TransportUse.DATA_ONLY : TransportUse.DATA_PLUS_CONTROL;
  }

  private int port() {
    return random.nextInt(0x10000);
  }

  private long number() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> Policy.FULL;
      default -> Integer.toUnsignedLong(random.nextInt());
    };
  }
}
