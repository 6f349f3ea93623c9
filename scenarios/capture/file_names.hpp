#pragma once

#include <set>
#include <string>
#include <string_view>

namespace peerscape::capture {

/// The name made fit for a file of any common system: '_' stands for what some system forbids, and nothing
/// begins with a dot. Letters of all languages stay. At most 100 bytes; never empty.
std::string safeFileName(std::string_view name);

/// Gives each of many names a file name of its own.
class FileNames {
  public:
    /// The safe name with `extension` (".pcapng"); further ones that are equal, or differ in the case of
    /// letters only, are called "name-2", "name-3".
    std::string next(std::string_view name, std::string_view extension);

  private:
    std::set<std::string> taken_;  ///< in small letters
};

}  // namespace peerscape::capture
