/// The demonstration: real processes on this machine, a client that computes one large picture with
/// them, and three of the four servers and one of the three registrars dying on the way. It starts the very commands that a person
/// would start, watches what happens to the client's sessions, and cleans up after itself.
@NullMarked
package io.rserpool.cli.demo;

import org.jspecify.annotations.NullMarked;
