package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.LinkId;
import io.rserpool.engine.session.LossSource;
import io.rserpool.engine.session.Outgoing;
import io.rserpool.engine.session.UserSession;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session's channel to one element, with the two virtual threads that keep it moving: one
/// reads ahead as far as the engine allows, one writes what the engine has for it. So the callers
/// of a session wait on its host only: they can be interrupted and time out without harm, and a
/// failure is noticed while nobody reads.
///
/// The fields are guarded by the host's lock.
final class Link {

  /// The call that opens the channel.
  @FunctionalInterface
  interface Opening {

    /// As [Caller#call].
    Channel open() throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  private final LinkId id;
  private final SessionHost host;
  private final Condition roomToRead;
  private final Condition moreToWrite;
  private final CountDownLatch gone = new CountDownLatch(1);
  private @Nullable Channel channel;
  private boolean isOver;
  private boolean isWriting;

  Link(LinkId id, SessionHost host) {
    this.id = id;
    this.host = host;
    this.roomToRead = host.newCondition();
    this.moreToWrite = host.newCondition();
  }

  /// Whether the engine has heard the last of this link, or wants no more of it.
  boolean isOver() {
    return isOver;
  }

  boolean keepsMessages() {
    return channel != null && channel.keepsMessages();
  }

  /// Nothing more is told of this link.
  void leave() {
    isOver = true;
    host.forget(id);
    roomToRead.signal();
    moreToWrite.signal();
    if (channel == null) {
      gone.countDown();
    }
  }

  /// Wakes the threads that have something to do.
  void settle(UserSession<Piece> session) {
    if (session.mayRead(id)) {
      roomToRead.signal();
    }
    if (!(session.next(id) instanceof Outgoing.Nothing)) {
      moreToWrite.signal();
    }
  }

  /// Calls the element, on this thread, which then is the one that reads.
  ///
  /// @param onAnswered called as soon as it is known whether the element answers
  void open(Opening opening, Runnable onAnswered) {
    Channel opened;
    try {
      opened = opening.open();
    } catch (IOException e) {
      lost(Failure.lossOf(e), String.valueOf(e.getMessage()));
      return;
    } catch (RuntimeException e) {
      LOG.error("{}: a call failed", host, e);
      lost(LossSource.RESET, "calling: " + e);
      return;
    } finally {
      onAnswered.run();
    }
    if (isWanted(opened)) {
      Thread.ofVirtual().name("rserpool-session-write").start(() -> write(opened));
      read(opened);
    } else {
      opened.abort();
    }
  }

  private boolean isWanted(Channel opened) {
    host.lock();
    try {
      if (isOver) {
        return false;
      }
      channel = opened;
      host.current(this);
      host.tell((session, now, out) -> session.linkUp(now, id, opened.hasControl(), out));
      return true;
    } finally {
      host.unlock();
    }
  }

  /// Tells the engine that the link is lost, unless that is known or of no interest.
  ///
  /// @return whether it was told
  private boolean lost(LossSource source, String reason) {
    host.lock();
    try {
      if (isOver) {
        return false;
      }
      leave();
      gone.countDown();
      host.tell((session, now, out) -> session.linkDown(now, id, source, reason, out));
      return true;
    } finally {
      host.unlock();
    }
  }

  private void read(Channel from) {
    try {
      boolean readsOn = heard((_, _, _) -> {});
      while (readsOn) {
        readsOn =
            switch (from.receive(Channel.FOREVER)) {
              case UserMessage message ->
                  heard(
                      (session, now, _) -> session.received(now, id, Piece.received(message, id)));
              case Incoming.Control(var message) ->
                  heard((session, now, out) -> session.controlReceived(now, id, message, out));
              case Incoming.Silence _ -> true;
              case Incoming.End _ -> {
                ended();
                yield false;
              }
            };
      }
    } catch (IOException e) {
      fail(from, Failure.lossOf(e), "reading: " + e.getMessage());
    }
  }

  private void fail(Channel broken, LossSource source, String reason) {
    if (lost(source, reason)) {
      broken.abort();
    }
  }

  private void ended() {
    host.step((session, now, out) -> {
      if (!isOver) {
        session.endReceived(now, id, out);
      }
    });
  }

  /// Tells the engine what came, and waits until more may be read.
  ///
  /// @return false if no more is wanted
  private boolean heard(SessionHost.Step step) {
    host.lock();
    try {
      if (!isOver) {
        host.tell(step);
      }
      while (!isOver && !host.session().mayRead(id)) {
        host.pause(roomToRead);
      }
      return !isOver;
    } finally {
      host.unlock();
    }
  }

  private void write(Channel to) {
    try {
      for (Outgoing<Piece> next = next(); ; next = next()) {
        switch (next) {
          case Outgoing.Control<Piece>(var message) -> to.sendControl(message);
          case Outgoing.Data<Piece>(Piece piece) -> to.send(piece.whole());
          case Outgoing.End<Piece> _ -> to.endOutput();
          case Outgoing.Nothing<Piece> _ -> {
            return;
          }
        }
      }
    } catch (IOException e) {
      fail(to, Failure.lossOf(e), "writing: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{}: what is to be sent cannot be sent", host, e);
      fail(to, LossSource.RESET, "writing: " + e);
    } finally {
      stopWriting();
    }
  }

  /// What is to be written next, once what came before is written; nothing when the writer is to end.
  private Outgoing<Piece> next() {
    host.lock();
    try {
      if (isWriting) {
        isWriting = false;
        host.tell((session, now, out) -> session.written(now, id, out));
      }
      while (!isOver) {
        Outgoing<Piece> next = host.session().next(id);
        if (!(next instanceof Outgoing.Nothing)) {
          isWriting = true;
          host.session().writing(id);
          return next;
        }
        host.pause(moreToWrite);
      }
      return new Outgoing.Nothing<>();
    } finally {
      host.unlock();
    }
  }

  private void stopWriting() {
    host.lock();
    try {
      if (isWriting) {
        isWriting = false;
        host.tell((session, now, out) -> session.unwritten(now, id, out));
      }
    } finally {
      host.unlock();
    }
  }

  /// Ends the channel in order, on a thread of its own.
  void close() {
    Channel open = channel;
    if (open != null) {
      Thread.ofVirtual()
          .name("rserpool-session-end")
          .start(() -> {
            open.close();
            gone.countDown();
          });
    }
  }

  /// Breaks the channel.
  void abort() {
    if (channel != null) {
      channel.abort();
      gone.countDown();
    }
  }

  /// Waits until the channel has ended, or this thread is interrupted.
  void awaitGone(long limitNs) {
    try {
      var _ = gone.await(limitNs, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
