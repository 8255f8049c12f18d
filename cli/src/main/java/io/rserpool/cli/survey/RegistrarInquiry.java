package io.rserpool.cli.survey;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks one registrar, step by step.
final class RegistrarInquiry {
  private static final Duration REFUSAL_PAUSE = Duration.ofMillis(250);

  /// The checksum of somebody who owns no elements (RFC 5353 section 3.6.2).
  private static final int NO_ELEMENTS = 0xffff;

  private final EnrpConversation conversation;
  private final boolean isPatient;
  private ServerId id = ServerId.NONE;
  private ServerInformation information = ServerInformation.NONE;
  private int checksum = -1;

  /// @param isPatient whether a registrar that refuses, since it is still starting, is asked again
  ///     until the time limit passes
  RegistrarInquiry(EnrpConversation conversation, boolean isPatient) {
    this.conversation = conversation;
    this.isPatient = isPatient;
  }

  /// Asks for everything.
  ///
  /// @throws RefusedException if the registrar refuses
  RegistrarView everything() throws IOException {
    conversation.send(question());
    List<ServerInformation> others = others();
    List<PoolEntry> pools = table(false);
    return new RegistrarView(id, information, checksum, others, pools);
  }

  /// Asks whom it knows, and nothing else.
  ///
  /// @throws RefusedException if the registrar refuses
  RegistrarView acquaintances() throws IOException {
    conversation.send(question());
    // Its answers say who it is.
    List<ServerInformation> others = others();
    return new RegistrarView(id, information, checksum, others, List.of());
  }

  /// Asks for the elements whose home it is.
  ///
  /// @throws RefusedException if the registrar refuses
  RegistrarView ownElements() throws IOException {
    conversation.send(question());
    List<PoolEntry> pools = table(true);
    return new RegistrarView(id, information, checksum, List.of(), pools);
  }

  /// Asks for its presence alone.
  RegistrarView presence() throws IOException {
    conversation.send(question());
    EnrpPresence _ = await(EnrpPresence.class);
    return new RegistrarView(id, information, checksum, List.of(), List.of());
  }

  private EnrpPresence question() {
    return new EnrpPresence(self(), ServerId.NONE, true, NO_ELEMENTS, conversation.self());
  }

  private ServerId self() {
    return conversation.self().serverId();
  }

  private List<ServerInformation> others() throws IOException {
    return peers().stream()
        .filter(peer -> !peer.serverId().equals(id) && !peer.serverId().equals(self()))
        .toList();
  }

  private List<ServerInformation> peers() throws IOException {
    while (true) {
      conversation.send(new EnrpListRequest(self(), id));
      EnrpListResponse response = await(EnrpListResponse.class);
      if (!response.rejected()) {
        return response.servers();
      }
      pauseAfterRefusal("list of peers");
    }
  }

  private List<PoolEntry> table(boolean ownOnly) throws IOException {
    Map<PoolHandle, List<PoolElementParameter>> pools = new LinkedHashMap<>();
    boolean more = true;
    while (more) {
      EnrpHandleTableResponse page = page(ownOnly);
      for (PoolEntry entry : page.pools()) {
        pools.computeIfAbsent(entry.handle(), _ -> new ArrayList<>()).addAll(entry.elements());
      }
      more = page.moreToSend();
    }
    return pools.entrySet().stream().map(e -> new PoolEntry(e.getKey(), e.getValue())).toList();
  }

  private EnrpHandleTableResponse page(boolean ownOnly) throws IOException {
    while (true) {
      conversation.send(new EnrpHandleTableRequest(self(), id, ownOnly));
      EnrpHandleTableResponse response = await(EnrpHandleTableResponse.class);
      if (!response.rejected()) {
        return response;
      }
      pauseAfterRefusal("handlespace");
    }
  }

  private <M extends EnrpMessage> M await(Class<M> wanted) throws IOException {
    while (true) {
      EnrpMessage message = conversation.receive();
      id = message.sender();
      if (message instanceof EnrpPresence presence) {
        checksum = presence.checksum();
        information = presence.serverInformation();
      } else if (message instanceof EnrpError error) {
        throw new IOException("it answered with an error: " + error.causes());
      }
      if (wanted.isInstance(message)) {
        return wanted.cast(message);
      }
    }
  }

  private void pauseAfterRefusal(String what) throws IOException {
    if (!isPatient || conversation.isOverIn(REFUSAL_PAUSE.multipliedBy(2))) {
      throw new RefusedException(
          "registrar " + id + " refuses to give its " + what + "; it may still be starting");
    }
    try {
      Thread.sleep(REFUSAL_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
