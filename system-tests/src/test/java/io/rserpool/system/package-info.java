/// Tests of the whole: the packaged command line in real processes on this machine, over real
/// sockets. Every wait is for a condition, with a limit that only a failing test reaches.
package io.rserpool.system;
