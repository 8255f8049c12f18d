package io.rserpool.cli.survey;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import java.util.Collection;
import java.util.List;

/// An element by its pool and identifier, which is all that an ownership checksum covers.
public record ElementName(PoolHandle handle, ElementId elementId) {

  /// All elements with this home.
  static List<ElementName> ownedBy(ServerId home, List<PoolEntry> pools) {
    return pools.stream()
        .flatMap(pool ->
            pool.elements().stream()
                .filter(element -> element.homeId().equals(home))
                .map(element -> new ElementName(pool.handle(), element.elementId())))
        .toList();
  }

  /// The checksum of RFC 1071 over pool handles, padded with zeros, and element identifiers, in any
  /// order (RFC 5353 section 3.6.2); 0xffff for none.
  static int checksum(Collection<ElementName> elements) {
    long sum = 0;
    for (ElementName element : elements) {
      Octets handle = element.handle().octets();
      for (int i = 0; i < handle.size(); i++) {
        sum += (long) handle.unsignedByteAt(i) << (i % 2 == 0 ? 8 : 0);
      }
      int id = element.elementId().value();
      sum += (id >>> 16) + (id & 0xffff);
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) ~sum & 0xffff;
  }

  /// Whether two checksums say the same: both zeros of one's complement mean no element to some.
  static boolean isSame(int checksum, int other) {
    return checksum == other || (isZero(checksum) && isZero(other));
  }

  private static boolean isZero(int checksum) {
    return checksum == 0 || checksum == 0xffff;
  }

  /// `EchoPool/0x12345678`.
  @Override
  public String toString() {
    return handle + "/" + elementId;
  }
}
