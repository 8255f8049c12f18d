/// The pool user's side of a session: a conversation with a pool that goes on with another element
/// when its own fails (RFC 5351 section 2.4, RFC 5352 sections 3.8, 3.9 and 6.5).
///
/// In comes what the transport tells of links to elements, what the pool user engine answers, what
/// the application wants, and the time; out go [SessionEffect]s, the next thing to write to each
/// link, and what the application is to hear, in order. Knows no sockets, and nothing of the content
/// of data.
///
/// What an application may rely on:
///
/// * data of one element arrives in the order in which that element sent it, and all that came of an
///   old element comes before [SessionNews.Moved] and anything of the new one; what an element sent
///   whose greeting failed is never heard of but by the greeter;
/// * what was offered reaches elements in the order in which it was offered; a message that was
///   written as a whole is not written again, one that was written in part or not at all goes to the
///   next element from its beginning, unless its option says otherwise (MANUAL: it is dropped);
/// * the cookie echo is the first thing that a new element is given, with the newest cookie that came
///   from any element of the session, and is followed by the greeting, then the rest;
/// * once the application has begun another request ([UserSession#beginRequest]) and had taken the
///   answers to those before, no cookie of those is echoed, as long as elements answer before they
///   give a cookie;
/// * what the application protocol acknowledged before the newest cookie is in that cookie and so is
///   not lost; what came after may be repeated.
@NullMarked
package io.rserpool.engine.session;

import org.jspecify.annotations.NullMarked;
