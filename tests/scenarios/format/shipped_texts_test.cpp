// The labs and exercises that come with Peerscape speak every language that one of them speaks.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_walk.hpp"
#include "scenarios/format/text_catalogue.hpp"

namespace peerscape {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> shippedLabs() {
    std::vector<std::string> labs;
    for (const char* room : {"scenarios/labs", "scenarios/exercises"}) {
        for (const auto& entry : fs::directory_iterator(fs::path(PEERSCAPE_SOURCE_DIR) / room))
            labs.push_back((entry.path() / "lab.yaml").string());
    }
    std::ranges::sort(labs);
    return labs;
}

/// "AS 65001", "R1": a name, the same in every language.
bool isName(const std::string& text) {
    return std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::set<std::string> languagesOf(const std::vector<std::string>& labs) {
    std::set<std::string> languages{"fr"};
    for (const std::string& lab : labs) {
        for (const std::string& file : catalogueFilesOf(lab))
            languages.insert(fs::path(file).stem().extension().string().substr(1));
    }
    return languages;
}

TEST(ShippedTexts, AreThereInEveryLanguageAndBelongToTheirLab) {
    const std::vector<std::string> labs = shippedLabs();
    EXPECT_GE(labs.size(), 65U);
    for (const std::string& language : languagesOf(labs)) {
        for (const std::string& file : labs) {
            SCOPED_TRACE(catalogueFileOf(file, language));
            const LabOutcome read = readLabFile(file);
            ASSERT_TRUE(read.lab.has_value());
            const CatalogueOutcome texts = readTextCatalogueOf(file, language, &*read.lab);
            for (const Diagnostic& d : texts.diagnostics)
                ADD_FAILURE() << toString(d);
            if (!texts.catalogue) {
                ADD_FAILURE() << "there is no catalogue for '" << language << "'";
                continue;
            }
            forEachText(*read.lab, [&](const std::string& place, const std::string& text) {
                if (!isName(text)) {
                    EXPECT_NE(texts.catalogue->find(text), nullptr) << place << " is missing: " << text;
                }
            });
            const LabFile shown = texts.catalogue->translated(*read.lab);
            EXPECT_EQ(texts.catalogue->inWordsOf(*read.lab, shown), *read.lab) << "saving changes texts";
        }
    }
}

}  // namespace
}  // namespace peerscape
