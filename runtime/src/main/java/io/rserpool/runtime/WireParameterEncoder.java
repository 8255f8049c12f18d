package io.rserpool.runtime;

import io.rserpool.engine.ParameterEncoder;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;

/// Writes single parameters as the wire codec does: a registration holds one of each kind, so one
/// is
/// encoded and the parameter cut out of it.
///
///     | header 4 | Pool Handle | Pool Element: header 4, fields 12 | User Transport | Policy |
public final class WireParameterEncoder implements ParameterEncoder {

  private static final int HEADER_SIZE = 4;
  private static final int ELEMENT_FIELDS_SIZE = 12;
  private static final PoolHandle SOME_POOL = PoolHandle.of("pool");

  private final AsapCodec codec;

  /// An encoder for the members of one scope.
  public WireParameterEncoder(WireForm form) {
    this.codec = new AsapCodec(form);
  }

  @Override
  public Octets handle(PoolHandle handle) {
    byte[] message =
        codec.encode(
            new AsapRegistration(
                handle,
                element(new TransportAddress.Opaque(Octets.EMPTY), Policy.RoundRobin.INSTANCE)));
    return parameterAt(message, HEADER_SIZE);
  }

  @Override
  public Octets policy(Policy policy) {
    byte[] message = registration(element(new TransportAddress.Opaque(Octets.EMPTY), policy));
    return parameterAt(message, endOf(message, userTransportAt(message)));
  }

  @Override
  public Octets transport(TransportAddress transport) {
    byte[] message = registration(element(transport, Policy.RoundRobin.INSTANCE));
    return parameterAt(message, userTransportAt(message));
  }

  @Override
  public Octets element(PoolElementParameter element) {
    byte[] message = registration(element);
    return parameterAt(message, elementAt(message));
  }

  private byte[] registration(PoolElementParameter element) {
    return codec.encode(new AsapRegistration(SOME_POOL, element));
  }

  private static PoolElementParameter element(TransportAddress transport, Policy policy) {
    return new PoolElementParameter(
        ElementId.of(1),
        ServerId.NONE,
        PoolElementParameter.LIFE_INFINITE,
        transport,
        policy,
        AsapTransport.Absent.INSTANCE);
  }

  private static int elementAt(byte[] message) {
    return endOf(message, HEADER_SIZE);
  }

  private static int userTransportAt(byte[] message) {
    return elementAt(message) + HEADER_SIZE + ELEMENT_FIELDS_SIZE;
  }

  private static int endOf(byte[] message, int at) {
    return at + ((lengthOf(message, at) + 3) & ~3);
  }

  /// The parameter without the padding behind it, as causes quote it.
  private static Octets parameterAt(byte[] message, int at) {
    return Octets.copyOf(message, at, lengthOf(message, at));
  }

  private static int lengthOf(byte[] message, int at) {
    return ((message[at + 2] & 0xff) << 8) | (message[at + 3] & 0xff);
  }
}
