/// The private authority of a scope on the command line: make one, issue certificates, renew them
/// in time, show what they say. What is done is done by the module `pki`; here it gets the time of
/// day, folders and words. Never shows a key.
@NullMarked
package io.rserpool.cli.pki;

import org.jspecify.annotations.NullMarked;
