#pragma once

namespace peerscape {

/// Has the C library take memory in large pages (2 MB) where the system gives them to those who ask, which
/// large labs want: their tables lie in a gigabyte, of which the processor knows the way to a few thousand
/// small pages only.
///
/// glibc reads this setting when a program starts, so that the program is started anew, once, with the same
/// arguments. To be called first in main(); does nothing where GLIBC_TUNABLES is set, to whatever.
void useLargePages(char* const* arguments);

/// The same with another program. Returns when it could not be, or need not.
void startAnewWithLargePages(const char* program, char* const* arguments);

}  // namespace peerscape
