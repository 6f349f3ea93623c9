#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace peerscape::policy {

/// `key chain`: secrets by their numbers (0 to 2147483647). An empty secret is a key whose `key-string` is
/// still missing.
using KeyChain = std::map<std::uint32_t, std::string>;

}  // namespace peerscape::policy
