/// What a session costs beside a bare socket, how soon it is on another server when its own one dies,
/// and what ten thousand of them do when they all lose their server at once. Registrars and servers are
/// processes of their own; the sessions are in the load program.
@NullMarked
package io.rserpool.bench.session;

import org.jspecify.annotations.NullMarked;
