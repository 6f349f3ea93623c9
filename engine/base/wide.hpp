#pragma once

namespace peerscape {

/// 128 bits, for products of two 64-bit numbers. Both supported compilers have it; ISO C++ does not name it.
__extension__ using Wide = unsigned __int128;

}  // namespace peerscape
