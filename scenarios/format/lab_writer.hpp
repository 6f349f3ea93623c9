#pragma once

#include <string>

#include "engine/base/result.hpp"
#include "scenarios/format/lab_file.hpp"

/// Saving labs.
namespace peerscape {

/// The lab as YAML that reads like one written by hand: a fixed order of keys, short entries on one line,
/// nothing that is merely a default. Reading it gives an equal lab. Comments of a file that the lab was read
/// from are not kept. Configurations that stand in files are written as their names; the files themselves are
/// not.
std::string writeLab(const LabFile& lab);

/// Writes a lab file so that a failure on the way leaves the old one as it was.
Result<void> writeLabFile(const LabFile& lab, const std::string& path);

}  // namespace peerscape
