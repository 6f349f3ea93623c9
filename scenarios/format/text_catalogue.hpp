#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"

/// The texts of a lab in another language: `lab.fr.yaml` beside `lab.yaml`. It holds words alone, so there is
/// one network however many languages it speaks.
namespace peerscape {

/// Which text stands for which; see forEachText() for what counts as a text. How texts are broken into lines
/// does not count.
class TextCatalogue {
  public:
    /// A text of the lab, and what is said in its place. A source that ends in "…" is meant for every text
    /// that begins so: long ones need not be repeated.
    void add(std::string_view source, std::string text);

    /// What is said in place of a text; null: the catalogue does not know it.
    const std::string* find(std::string_view text) const;
    /// The same lab, with all texts that the catalogue knows in its language. Differs in nothing else.
    LabFile translated(LabFile lab) const;
    /// The way back, for a lab that has been changed since it was translated from `source`: texts that are
    /// still what the catalogue says get the words of the file again, and what somebody has written stays.
    LabFile inWordsOf(const LabFile& source, LabFile shown) const;

  private:
    /// What stands in place of the text, or the text itself.
    std::string said(const std::string& text) const;

    std::map<std::string, std::string, std::less<>> texts_;
    std::map<std::string, std::string, std::less<>> beginnings_;  ///< without their "…"
};

/// The file that holds the texts of a lab file in a language: "a/lab.yaml", "fr" → "a/lab.fr.yaml".
std::string catalogueFileOf(std::string_view labFile, std::string_view language);
/// All such files that lie beside a lab file, by their languages.
std::vector<std::string> catalogueFilesOf(const std::string& labFile);
/// The lab file whose texts a file of that name would hold: "a/lab.fr.yaml" → "a/lab.yaml", whether there is
/// one or not. Nothing: the name has no language in it.
std::optional<std::string> labFileOfCatalogue(std::string_view file);

/// A catalogue, and what is wrong with its file. Where only some of it is wrong, the rest can be used.
struct CatalogueOutcome {
    std::optional<TextCatalogue> catalogue;  ///< absent when the file is no catalogue at all
    std::vector<Diagnostic> diagnostics;     ///< in the order of the file
};

/// Reads a catalogue from text. `file` names it in messages, and says its language. With a lab it is also an
/// error to translate what the lab does not say.
CatalogueOutcome readTextCatalogue(std::string_view text, const std::string& file,
                                   const LabFile* lab = nullptr);
/// Reads the catalogue of a lab file in a language. Neither a catalogue nor errors: there is no such file.
CatalogueOutcome readTextCatalogueOf(const std::string& labFile, std::string_view language,
                                     const LabFile* lab = nullptr);

}  // namespace peerscape
