#include "scenarios/format/text_catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_walk.hpp"
#include "scenarios/format/read_parts.hpp"

namespace peerscape {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kAndSoOn = "…";
constexpr std::string_view kYaml = ".yaml";

/// The text as one line: how it is broken into lines depends on how YAML is written.
std::string oneLine(std::string_view text) {
    std::string line;
    bool isGap = false;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            isGap = !line.empty();
            continue;
        }
        if (std::exchange(isGap, false)) line += ' ';
        line += c;
    }
    return line;
}

/// What comes before the "…" of a source that is cut short.
std::optional<std::string_view> beginningIn(std::string_view source) {
    if (!source.ends_with(kAndSoOn) || source == kAndSoOn) return std::nullopt;
    source.remove_suffix(kAndSoOn.size());
    return trim(source);
}

/// Codes are words such as "fr" or "pt_BR".
bool isLanguage(std::string_view code) {
    const auto isFine = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return code.size() >= 2 && code.size() <= 8 && std::ranges::all_of(code, isFine);
}

/// "a/lab.fr.yaml" → "a/lab" and "fr".
std::optional<std::pair<std::string_view, std::string_view>> partsOf(std::string_view file) {
    if (!file.ends_with(kYaml)) return std::nullopt;
    file.remove_suffix(kYaml.size());
    const auto dot = file.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return std::nullopt;
    const std::string_view code = file.substr(dot + 1);
    if (!isLanguage(code)) return std::nullopt;
    return std::pair(file.substr(0, dot), code);
}

/// Looks at a catalogue and the lab that it belongs to.
class CatalogueReader {
  public:
    CatalogueReader(const ReadContext& context, const LabFile* lab) : context_(context), lab_(lab) {
        if (lab == nullptr) return;
        forEachText(*lab, [&](const std::string& place, const std::string& text) {
            const std::string line = oneLine(text);
            if (std::ranges::find(sources_, line) == sources_.end()) sources_.push_back(line);
            if (place.starts_with("steps/") && place.ends_with("/name")) stepNames_.insert(line);
        });
    }

    TextCatalogue read(const ObjectReader& object) const {
        readLanguage(*object.find("language"));
        TextCatalogue catalogue;
        const yaml::Value& texts = *object.find("texts");
        if (texts.kind != yaml::Value::Kind::Map) {
            context_.error(texts.spot,
                           fmt::format("expected a map, a line 'text of the lab: its translation' "
                                       "each, not {}",
                                       describe(texts)));
            return catalogue;
        }
        for (const yaml::Entry& entry : texts.entries) {
            if (isUsable(entry)) catalogue.add(entry.key, entry.value.text);
        }
        return catalogue;
    }

  private:
    void readLanguage(const yaml::Value& node) const {
        const auto language = readText(context_, node);
        const auto parts = partsOf(context_.file);
        if (!language || !parts || *language == parts->second) return;
        context_.error(node.spot, fmt::format("this file is named for the language '{}', not '{}'",
                                              parts->second, *language));
    }

    bool isUsable(const yaml::Entry& entry) const {
        const auto text = readText(context_, entry.value);
        if (!text) return false;
        if (oneLine(*text).empty()) {
            context_.error(entry.value.spot, "there is no text here; leave out what has no translation yet");
            return false;
        }
        return lab_ == nullptr || isOfTheLab(entry);
    }

    bool isOfTheLab(const yaml::Entry& entry) const {
        const std::string key = oneLine(entry.key);
        std::vector<std::string> meant;
        if (std::ranges::find(sources_, key) != sources_.end()) meant.push_back(key);
        if (const auto beginning = beginningIn(key); beginning && meant.empty()) {
            std::ranges::copy_if(sources_, std::back_inserter(meant),
                                 [&](const std::string& source) { return source.starts_with(*beginning); });
        }
        if (meant.empty()) {
            context_.error(entry.keySpot,
                           fmt::format("the lab has no text '{}'{}", shortened(key), suggestionFor(key)));
            return false;
        }
        if (meant.size() > 1) {
            context_.error(entry.keySpot, fmt::format("{} texts of the lab begin with '{}'; say more of the "
                                                      "one that is meant",
                                                      meant.size(), shortened(key)));
            return false;
        }
        if (!stepNames_.contains(meant.front()) || isStepName(entry.value.text)) return true;
        context_.error(entry.value.spot, std::string(kStepNameRule));
        return false;
    }

    /// Long texts are compared by how they begin.
    std::string suggestionFor(const std::string& key) const {
        constexpr std::size_t kCompared = 60;
        const auto beginning = beginningIn(key);
        const std::string_view word = std::string_view(beginning ? *beginning : key).substr(0, kCompared);
        std::vector<std::string> beginnings;
        for (const std::string& source : sources_)
            beginnings.push_back(source.substr(0, beginning ? word.size() : kCompared));
        const auto near = nearestWord(word, beginnings);
        if (!near) return {};
        const auto index = std::ranges::find(beginnings, *near) - beginnings.begin();
        return fmt::format("; did you mean '{}'?", shortened(sources_[static_cast<std::size_t>(index)]));
    }

    const ReadContext& context_;
    const LabFile* lab_;
    std::vector<std::string> sources_;  ///< in the order of the lab
    std::set<std::string> stepNames_;
};

}  // namespace

void TextCatalogue::add(std::string_view source, std::string text) {
    const std::string line = oneLine(source);
    if (const auto beginning = beginningIn(line)) beginnings_[std::string(*beginning)] = text;
    texts_[line] = std::move(text);
}

const std::string* TextCatalogue::find(std::string_view text) const {
    const std::string line = oneLine(text);
    if (const auto found = texts_.find(line); found != texts_.end()) return &found->second;
    // Of several beginnings the longest one, which sorts last.
    for (auto at = beginnings_.upper_bound(line); at != beginnings_.begin();) {
        --at;
        if (std::string_view(line).starts_with(at->first)) return &at->second;
    }
    return nullptr;
}

std::string TextCatalogue::said(const std::string& text) const {
    const std::string* words = find(text);
    if (words == nullptr) return text;
    // A block of text ends with its line; a title does not.
    const bool endsLine = text.ends_with('\n');
    return endsLine ? *words : words->substr(0, words->find_last_not_of(" \n") + 1);
}

LabFile TextCatalogue::translated(LabFile lab) const {
    forEachText(lab, [this](const std::string&, std::string& text) { text = said(text); });
    return lab;
}

LabFile TextCatalogue::inWordsOf(const LabFile& source, LabFile shown) const {
    std::map<std::string, std::string, std::less<>> atPlace;
    std::map<std::string, std::set<std::string>, std::less<>> sourcesOf;
    forEachText(source, [&](const std::string& place, const std::string& text) {
        atPlace[place] = text;
        sourcesOf[said(text)].insert(text);
    });
    forEachText(shown, [&](const std::string& place, std::string& text) {
        const auto before = atPlace.find(place);
        if (before != atPlace.end() && text == said(before->second)) {
            text = before->second;
            return;
        }
        // What has been moved or copied is known by its words, unless two texts have the same.
        const auto sources = sourcesOf.find(text);
        if (sources != sourcesOf.end() && sources->second.size() == 1) text = *sources->second.begin();
    });
    return shown;
}

std::string catalogueFileOf(std::string_view labFile, std::string_view language) {
    if (labFile.ends_with(kYaml)) labFile.remove_suffix(kYaml.size());
    return fmt::format("{}.{}{}", labFile, language, kYaml);
}

std::vector<std::string> catalogueFilesOf(const std::string& labFile) {
    std::vector<std::string> files;
    std::error_code code;
    const fs::path folder = fs::path(labFile).has_parent_path() ? fs::path(labFile).parent_path() : ".";
    for (auto at = fs::directory_iterator(folder, code); !code && at != fs::directory_iterator();
         at.increment(code)) {
        const std::string file = (fs::path(labFile).parent_path() / at->path().filename()).string();
        if (labFileOfCatalogue(file) == labFile) files.push_back(file);
    }
    std::ranges::sort(files);
    return files;
}

std::optional<std::string> labFileOfCatalogue(std::string_view file) {
    const auto parts = partsOf(file);
    return parts ? std::optional(std::string(parts->first) + std::string(kYaml)) : std::nullopt;
}

CatalogueOutcome readTextCatalogue(std::string_view text, const std::string& file, const LabFile* lab) {
    DiagnosticList problems;
    CatalogueOutcome outcome;
    if (const auto tree = yaml::parse(text, file, problems)) {
        const ReadContext context{file, problems};
        const ObjectReader object(context, *tree, lab_keys::kTextCatalogue);
        if (object.isUsable()) outcome.catalogue = CatalogueReader(context, lab).read(object);
    }
    outcome.diagnostics = problems.take();
    return outcome;
}

CatalogueOutcome readTextCatalogueOf(const std::string& labFile, std::string_view language,
                                     const LabFile* lab) {
    const std::string file = catalogueFileOf(labFile, language);
    std::error_code code;
    if (!fs::exists(file, code)) return {};
    const auto text = loadFileFromDisk(file);
    if (text) return readTextCatalogue(*text, file, lab);
    return {std::nullopt, {{{file, 0, 0}, Severity::Error, text.error().message}}};
}

}  // namespace peerscape
