#pragma once

#include <iosfwd>
#include <string>

#include "engine/base/result.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape {

/// Where `-o LAB` says: a name that ends in `.yaml` or `.yml` is a lab file's; any other is that of a folder,
/// which becomes one that holds lab.yaml. Folders are made as they are needed, and one line on `out` says
/// what was written. An empty target: the lab itself goes to `out`.
Result<void> writeLabTo(const std::string& target, const LabFile& lab, std::ostream& out);

}  // namespace peerscape
