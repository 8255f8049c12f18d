/// Who may do what in a secured scope (RFC 5355 section 2.4, RFC 3237 section 2.13): patterns of
/// names, pools and addresses, the rules made of them, and the rights of one identity under them.
/// Pure values: a policy comes in from a file or a program, decisions go out, with a reason for people.
/// How an identity was proved, and what becomes of who is refused, is not known here.
@NullMarked
package io.rserpool.engine.access;

import org.jspecify.annotations.NullMarked;
