#pragma once

#include "engine/base/bytes.hpp"
#include "engine/base/result.hpp"
#include "protocols/eigrp/tlv.hpp"

/// TLVs to bytes and back; what `wire.hpp` is made of.
namespace peerscape::eigrp {

/// Bytes of the TLV with its type and length.
std::size_t encodedSize(const Tlv& tlv);
void encodeTlv(const Tlv& tlv, ByteWriter& out);
/// Reads a TLV from what stands behind its type and length. The error says what is wrong with the value.
Result<Tlv> decodeTlv(std::uint16_t type, ByteView value);

/// The value of a route, without type and length.
std::size_t valueSize(const Route& route);
void encodeValue(const Route& route, ByteWriter& out);
Result<Tlv> decodeRoute(TlvType type, ByteView value);

}  // namespace peerscape::eigrp
