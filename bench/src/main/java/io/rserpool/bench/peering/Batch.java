package io.rserpool.bench.peering;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.UpdateAction;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// What one peer tells of its elements, ready to be sent: all are added, all get a new load, again a
/// new load, and all are removed. So it can be told again and again. The last round leaves them there,
/// with a load of its own, for somebody to look. Each round ends with a question, whose answer shows
/// that all before it has been read.
///
/// @param peer who tells
/// @param elements how many the peer has
/// @param loop the bytes of a round
/// @param last the bytes of the last one
record Batch(ServerId peer, int elements, byte[] loop, byte[] last) {

  /// Updates in a round.
  static final int ROUND_UPDATES_PER_ELEMENT = 4;

  /// The load that all elements have at the end.
  static final Policy LAST_LOAD = new Policy.LeastUsed(0x3000_0000L);

  private static final int POOLS = 100;
  private static final int LIFE_SECONDS = 3_600;
  private static final int SERVICE_PORT = 7;
  private static final IpAddress ADDRESS = new IpAddress.V4(0x0a00_0001);
  private static final Policy FIRST = new Policy.LeastUsed(0);
  private static final Policy SECOND = new Policy.LeastUsed(0x1000_0000L);
  private static final Policy THIRD = new Policy.LeastUsed(0x2000_0000L);

  /// Encodes it.
  ///
  /// @param number of the peer, which no other one has, from 1 on
  static Batch of(int number, int elements) {
    Batch empty = new Batch(ServerId.of(number), elements, new byte[0], new byte[0]);
    List<byte[]> loop = new ArrayList<>();
    empty.tell(loop, UpdateAction.ADD_PE, FIRST);
    empty.tell(loop, UpdateAction.ADD_PE, SECOND);
    empty.tell(loop, UpdateAction.ADD_PE, THIRD);
    empty.tell(loop, UpdateAction.DEL_PE, THIRD);
    List<byte[]> last = new ArrayList<>();
    empty.tell(last, UpdateAction.ADD_PE, FIRST);
    empty.tell(last, UpdateAction.ADD_PE, LAST_LOAD);
    return new Batch(empty.peer, elements, empty.joined(loop), empty.joined(last));
  }

  private void tell(List<byte[]> messages, UpdateAction action, Policy policy) {
    for (int i = 0; i < elements; i++) {
      PoolHandle handle = PoolHandle.of("updates-%03d".formatted(i % POOLS));
      messages.add(
          EnrpLine.CODEC.encode(
              new EnrpHandleUpdate(
                  peer, ServerId.NONE, action, false, handle, element(i, policy))));
    }
  }

  private PoolElementParameter element(int index, Policy policy) {
    return new PoolElementParameter(
        ElementId.of(peer.value() * elements + index),
        peer,
        LIFE_SECONDS,
        new AsapTransport.Tcp(ADDRESS, SERVICE_PORT),
        policy,
        new AsapTransport.Tcp(ADDRESS, SERVICE_PORT));
  }

  private byte[] joined(List<byte[]> messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    messages.forEach(all::writeBytes);
    all.writeBytes(EnrpLine.CODEC.encode(new EnrpListRequest(peer, ServerId.NONE)));
    return all.toByteArray();
  }
}
