#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"

/// Reads and checks lab files. Every mistake of a file is reported at once, each with file, line and column,
/// what was expected, and the nearest valid word. No exception leaves, whatever the bytes.
namespace peerscape {

/// A lab, or what is wrong with it. A usable lab may come with warnings.
struct LabOutcome {
    std::optional<LabFile> lab;           ///< present exactly when no diagnostic is an error
    std::vector<Diagnostic> diagnostics;  ///< in the order of the file
};

/// Gives the bytes of a configuration file that a lab names, or says why not. The path is the one to open.
using FileLoader = std::function<Result<std::string>(const std::string& path)>;

/// Reads regular files of at most 64 MB from disk.
Result<std::string> loadFileFromDisk(const std::string& path);

/// Reads a lab from text. `file` names it in messages, and its folder is where relative paths of `config:`
/// begin.
LabOutcome readLab(std::string_view text, const std::string& file,
                   const FileLoader& loader = loadFileFromDisk);

/// Reads a lab file, or the `lab.yaml` of a folder.
LabOutcome readLabFile(const std::string& path);

}  // namespace peerscape
