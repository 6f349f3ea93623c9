#include "gui/model/document.hpp"

#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "gui/model/refusal.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"

namespace peerscape::gui {

namespace fs = std::filesystem;

namespace {

/// More gestures than anybody takes back.
constexpr std::size_t kMostStates = 500;

std::optional<fs::file_time_type> timeOf(const fs::path& path) {
    std::error_code code;
    const auto time = fs::last_write_time(path, code);
    return code ? std::nullopt : std::optional(time);
}

std::optional<std::string> contentOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

Result<void> writeAtomically(const fs::path& path, const std::string& text) {
    std::error_code code;
    if (path.has_parent_path()) fs::create_directories(path.parent_path(), code);
    const fs::path temporary = path.string() + ".new";
    {
        std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
        out << text;
        out.flush();
        if (!out) return refusal(QT_TRANSLATE_NOOP("Refusal", "'%1' cannot be written"), temporary.string());
    }
    fs::rename(temporary, path, code);
    if (code)
        return refusal(QT_TRANSLATE_NOOP("Refusal", "'%1' cannot be replaced: %2"), path.string(),
                       code.message());
    return {};
}

/// The configurations that the lab names as files, where they differ from what the files hold.
Result<void> writeConfigurations(const std::vector<ConfigSource>& sources, const fs::path& folder) {
    for (const ConfigSource& source : sources) {
        if (source.path.empty()) continue;
        const fs::path file = folder / source.path;
        if (contentOf(file) == source.text) continue;
        if (auto done = writeAtomically(file, source.text); !done) return done;
    }
    return {};
}

}  // namespace

Document::Document() {
    states_.push_back({"", std::make_shared<const LabFile>()});
    savedLab_ = states_.front().lab;
    source_ = savedLab_;
}

Document::Opened Document::open(const fs::path& lab, std::string_view language) {
    std::error_code code;
    const fs::path file = fs::is_directory(lab, code) ? lab / "lab.yaml" : lab;
    LabOutcome read = readLabFile(file.string());
    Opened opened;
    opened.diagnostics = std::move(read.diagnostics);
    if (!read.lab) return opened;
    Document document;
    document.path_ = file;
    document.source_ = std::make_shared<const LabFile>(std::move(*read.lab));
    if (!language.empty()) {
        CatalogueOutcome texts = readTextCatalogueOf(file.string(), language, document.source_.get());
        document.catalogue_ = std::move(texts.catalogue);
        opened.ofTexts = std::move(texts.diagnostics);
    }
    document.states_.front().lab =
        document.catalogue_
            ? std::make_shared<const LabFile>(document.catalogue_->translated(*document.source_))
            : document.source_;
    document.noteSaved();
    opened.document = std::move(document);
    return opened;
}

void Document::apply(std::string gesture, LabFile next) {
    if (next == *lab()) return;
    states_.resize(position_ + 1);
    states_.push_back({std::move(gesture), std::make_shared<const LabFile>(std::move(next))});
    if (states_.size() > kMostStates) states_.erase(states_.begin());
    position_ = states_.size() - 1;
}

void Document::undo() {
    if (canUndo()) --position_;
}

void Document::redo() {
    if (canRedo()) ++position_;
}

LabFile Document::inFileWords() const {
    return catalogue_ ? catalogue_->inWordsOf(*source_, *lab()) : *lab();
}

Result<void> Document::save() {
    if (path_.empty()) return refusal(QT_TRANSLATE_NOOP("Refusal", "the lab has no file yet"));
    const fs::path folder = path_.parent_path();
    for (const RouterEntry& router : lab()->routers) {
        if (auto done = writeConfigurations(router.config, folder); !done) return done;
    }
    for (const HostEntry& host : lab()->hosts) {
        if (auto done = writeConfigurations(host.config, folder); !done) return done;
    }
    if (auto done = writeLabFile(inFileWords(), path_.string()); !done) return done;
    noteSaved();
    dropRecovery();
    return {};
}

Result<void> Document::saveAs(const fs::path& path) {
    std::error_code code;
    const bool isSameFile = fs::equivalent(path, path_, code);
    const fs::path before = std::exchange(path_, path);
    std::optional<TextCatalogue> catalogue = catalogue_;
    if (!isSameFile) catalogue_.reset();
    auto done = save();
    if (!done) {
        path_ = before;
        catalogue_ = std::move(catalogue);
    }
    return done;
}

void Document::noteSaved() {
    savedLab_ = lab();
    fileTime_ = timeOf(path_);
}

bool Document::hasChangedOnDisk() const { return !path_.empty() && timeOf(path_) != fileTime_; }

fs::path Document::recoveryFileOf(const fs::path& lab) {
    if (lab.empty()) return {};
    return lab.parent_path() / ("." + lab.filename().string() + ".recovery");
}

Result<void> Document::keepRecovery() const {
    const fs::path file = recoveryFileOf(path_);
    if (file.empty()) return {};
    if (!isModified()) {
        dropRecovery();
        return {};
    }
    return writeLabFile(inFileWords(), file.string());
}

std::optional<LabFile> Document::recovered() const {
    const fs::path file = recoveryFileOf(path_);
    std::error_code code;
    if (file.empty() || !fs::exists(file, code)) return std::nullopt;
    LabOutcome read = readLabFile(file.string());
    if (!read.lab) return std::nullopt;
    LabFile shown = catalogue_ ? catalogue_->translated(std::move(*read.lab)) : std::move(*read.lab);
    if (shown == *lab()) return std::nullopt;
    return shown;
}

void Document::dropRecovery() const {
    std::error_code ignored;
    if (const fs::path file = recoveryFileOf(path_); !file.empty()) fs::remove(file, ignored);
}

}  // namespace peerscape::gui
