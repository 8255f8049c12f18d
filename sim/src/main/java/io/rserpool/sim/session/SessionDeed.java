package io.rserpool.sim.session;

import io.rserpool.engine.session.LossSource;
import io.rserpool.engine.session.SessionSettings;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;

/// What a session, its application or an element's service has done.
public sealed interface SessionDeed {

  /// What a user's session did.
  sealed interface OfUser extends SessionDeed {
    /// The number of the session in the scope.
    long session();
  }

  /// What an element's service did.
  sealed interface OfElement extends SessionDeed {
    /// The name of its process.
    String element();
  }

  /// A session begins.
  ///
  /// @param user the name of its process
  record Opened(long session, String user, PoolHandle handle, SessionSettings settings)
      implements OfUser {}

  /// The application wants something.
  ///
  /// @param after the state that it leads to
  record Asked(long session, State after) implements OfUser {}

  /// An element is asked for.
  record Chooses(long session) implements OfUser {}

  /// An element is called.
  record Called(long session, ElementId element) implements OfUser {}

  /// An element that its pool is without is called, to see whether it lets users in.
  record Probed(long session, ElementId element) implements OfUser {}

  /// An element is reported unreachable.
  record Reported(long session, ElementId element) implements OfUser {}

  /// A link is up.
  record Linked(long session, long link) implements OfUser {}

  /// A link is used no more.
  record Unlinked(long session, long link) implements OfUser {}

  /// Something came on a link, be it a sign of life only.
  record Heard(long session, long link) implements OfUser {}

  /// Data is written to a link.
  record WroteData(long session, long link, Piece.Request request) implements OfUser {}

  /// A cookie echo is written to a link.
  record WroteEcho(long session, long link, Octets cookie) implements OfUser {}

  /// Another control message is written to a link.
  record WroteControl(long session, long link) implements OfUser {}

  /// An answer came on a link.
  record CameReply(long session, long link, Piece.Reply reply) implements OfUser {}

  /// A cookie came on a link.
  record CameCookie(long session, long link, Octets cookie) implements OfUser {}

  /// A user lies: it shows a cookie that it should not show.
  record Lied(long session, String user, PoolHandle handle, Octets cookie) implements OfUser {}

  /// The application has read an answer.
  record ReadReply(long session, Piece.Reply reply) implements OfUser {}

  /// The application has read that the session is on another element.
  record ReadMoved(long session) implements OfUser {}

  /// The application talks with a new element alone, and has read all that came of the old one.
  record Talks(long session) implements OfUser {}

  /// The application greets a new element.
  ///
  /// @param hasRead whether it has read all that came of the old one, and so knows of the newest cookie
  record Greets(long session, boolean hasRead) implements OfUser {}

  /// The application gives up a new element for no reason.
  record Dislikes(long session) implements OfUser {}

  /// The session has lost its element.
  record Lost(long session, ElementId element, LossSource source) implements OfUser {}

  /// The registrar's list is without the element on which the session is, and the list before it was
  /// not; the session has just been told.
  record Unlisted(long session, ElementId element) implements OfUser {}

  /// A search for an element begins that nothing else has told of.
  record Searches(long session) implements OfUser {}

  /// The session is over for good.
  record Over(long session, LossSource source, String why) implements OfUser {}

  /// The session is no more: closed, or its process has died.
  record Gone(long session) implements OfUser {}

  /// An element has sent a cookie.
  record Sealed(String element, Octets cookie, PoolHandle handle, State state, long wallMs)
      implements OfElement {}

  /// An element has accepted a cookie.
  ///
  /// @param life one of the process
  /// @param wallMs what its clock on the wall showed
  record Restored(
      String element,
      long life,
      PoolHandle handle,
      long conversation,
      Octets cookie,
      State state,
      long wallMs)
      implements OfElement {}

  /// An element has refused a cookie.
  ///
  /// @param wallMs what its clock on the wall showed
  record Refused(String element, PoolHandle handle, Octets cookie, String why, long wallMs)
      implements OfElement {}

  /// An element has applied a request.
  record Applied(String element, long conversation, State after) implements OfElement {}

  /// An element was asked for what it has applied already.
  ///
  /// @param restored how many requests were in the cookie
  record Repeated(String element, long conversation, long session, int number, int restored)
      implements OfElement {}

  /// An element was asked for something, but not yet for what comes before that.
  record Skipped(String element, long conversation, State state, int number) implements OfElement {}
}
