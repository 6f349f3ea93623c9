#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/format/text_catalogue.hpp"

namespace peerscape::gui {

/// A lab at one moment of being drawn. Immutable, so that the canvas, the undo stack and a run may share it.
using LabPtr = std::shared_ptr<const LabFile>;

/// A lab that is being drawn: the lab file as a value, and what every gesture made of it.
///
/// One gesture is one step of undo, however much it changed. What is kept of a gesture is the whole lab
/// before and after it, so undoing cannot forget anything: the lab is the very same value again.
///
/// A lab with a catalogue beside it (text_catalogue.hpp) is shown in another language than its file is
/// written in. The file keeps its own: what nobody has changed is saved in the words that it had.
class Document {
  public:
    /// An empty lab that has no file yet.
    Document();

    struct Opened;
    /// Reads a lab file, or the lab.yaml of a folder, with its texts in a language (such as "fr") as far as a
    /// catalogue beside it has them. There is no document when the lab has errors.
    static Opened open(const std::filesystem::path& lab, std::string_view language = {});

    const LabPtr& lab() const { return states_[position_].lab; }
    /// The lab file; empty when the lab has never been saved.
    const std::filesystem::path& path() const { return path_; }
    /// Whether the lab differs from the file.
    bool isModified() const { return !savedLab_ || *savedLab_ != *lab(); }

    /// Takes a gesture: the lab as it is after it, and what it was ("Move B"). A gesture that changes nothing
    /// is none. What had been undone is forgotten.
    void apply(std::string gesture, LabFile next);
    bool canUndo() const { return position_ > 0; }
    bool canRedo() const { return position_ + 1 < states_.size(); }
    /// The gesture that undo() or redo() is about; there must be one.
    const std::string& undoText() const { return states_[position_].gesture; }
    const std::string& redoText() const { return states_[position_ + 1].gesture; }
    void undo();
    void redo();

    /// Writes the lab to its file, and the configurations that stand in files of their own to those. A
    /// failure on the way leaves the old lab file as it was.
    Result<void> save();
    /// The same under another name; the document belongs to that file from then on. Another file is written
    /// in the words that are shown, and needs no catalogue.
    Result<void> saveAs(const std::filesystem::path& path);

    /// Whether another program has written the file since it was read or saved.
    bool hasChangedOnDisk() const;
    /// Where unsaved work on this lab is kept, beside the file; empty for a lab without one.
    static std::filesystem::path recoveryFileOf(const std::filesystem::path& lab);
    /// Writes unsaved work to the recovery file, or removes that file when nothing is unsaved.
    Result<void> keepRecovery() const;
    /// The unsaved work that an earlier session left, if there is any and it can be read.
    std::optional<LabFile> recovered() const;
    void dropRecovery() const;

  private:
    struct State {
        std::string gesture;  ///< that led here
        LabPtr lab;
    };

    /// The lab as its file is to have it.
    LabFile inFileWords() const;
    void noteSaved();

    std::vector<State> states_;  ///< never empty
    std::size_t position_ = 0;
    LabPtr savedLab_;  ///< what the file holds, as it is shown
    LabPtr source_;    ///< the lab in the file's own words, as it was opened: undoing leads back to them
    std::optional<TextCatalogue> catalogue_;
    std::filesystem::path path_;
    std::optional<std::filesystem::file_time_type> fileTime_;
};

struct Document::Opened {
    std::optional<Document> document;
    std::vector<Diagnostic> diagnostics;
    std::vector<Diagnostic> ofTexts;  ///< what is wrong with the catalogue; the lab opens all the same
};

}  // namespace peerscape::gui
