/// The keys with which servers seal the state of their sessions: the file that a user's servers share
/// by default, and the command that makes, rotates and shows such files. Never shows a key.
@NullMarked
package io.rserpool.cli.cookies;

import org.jspecify.annotations.NullMarked;
