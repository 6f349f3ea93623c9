#pragma once

#include <string>
#include <string_view>

#include "protocols/bgp/show_parts.hpp"

namespace peerscape::bgp {

/// `show bgp peer-group [NAME]`: what the groups are, and who is in them.
std::string showGroups(const ShowContext& context, std::string_view name, Format format);

}  // namespace peerscape::bgp
