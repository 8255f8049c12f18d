package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.ServerId;
import java.util.Collection;

/// The ownership checksum (RFC 5353 section 3.6.2) as a reader of the RFC would compute it: from the
/// elements, word by word, and not as the registrars do it.
final class InternetChecksum {

  private static final int WORD_BITS = 16;
  private static final int WORD = 0xffff;
  private static final int OCTET = 0xff;

  private InternetChecksum() {}

  /// Over the elements with that home.
  static int of(Collection<RegistrarView.Element> elements, ServerId home) {
    long sum = 0;
    for (RegistrarView.Element element : elements) {
      if (element.element().homeId().equals(home)) {
        sum += words(element);
      }
    }
    while (sum > WORD) {
      sum = (sum & WORD) + (sum >>> WORD_BITS);
    }
    return (int) (~sum & WORD);
  }

  private static long words(RegistrarView.Element element) {
    byte[] handle = element.handle().octets().toBytes();
    long sum = 0;
    for (int i = 0; i < handle.length; i++) {
      int octet = handle[i] & OCTET;
      sum += i % 2 == 0 ? octet << Byte.SIZE : octet;
    }
    int id = element.element().elementId().value();
    return sum + (id >>> WORD_BITS) + (id & WORD);
  }
}
