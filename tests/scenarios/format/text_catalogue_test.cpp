#include "scenarios/format/text_catalogue.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kLab =
    "peerscape: 1\n"
    "title: Two rooms\n"
    "about: |\n"
    "  Two rooms, and a cable\n"
    "  between them.\n"
    "\n"
    "  Cut it.\n"
    "groups:\n"
    "  a: {kind: building, title: Building A}\n"
    "  b: {kind: building, title: Building B}\n"
    "routers:\n"
    "  A: {group: a, networks: [10.1.0.0/16], protocols: [rip]}\n"
    "  B: {group: b, networks: [10.2.0.0/16], protocols: [rip]}\n"
    "links:\n"
    "  - {name: ab, ends: [A, B]}\n"
    "notes: [{text: Ask C, at: [10, 20]}]\n"
    "steps:\n"
    "  - name: start\n"
    "    expect:\n"
    "      - {reaches: {from: A, to: B}, name: A reaches B, pass: It does, fail: It does not, hint: Wait}\n"
    "  - name: cut\n"
    "    about: Nothing is left to do.\n"
    "    do: [{fail: ab}]\n";

const std::string kFrench =
    "language: fr\n"
    "texts:\n"
    "  Two rooms: Deux pièces\n"
    "  Two rooms, and a cable…: |\n"
    "    Deux pièces, et un câble.\n"
    "\n"
    "    Coupez-le.\n"
    "  Building A: Bâtiment A\n"
    "  Ask C: Demandez à C\n"
    "  start: départ\n"
    "  A reaches B: A joint B\n"
    "  It does: C’est fait\n"
    "  It does not: Ce n’est pas fait\n"
    "  Wait: Attendez\n"
    "  cut: coupure\n";

LabFile lab() { return *readLab(kLab, "lab.yaml").lab; }

TextCatalogue french() {
    const LabFile source = lab();
    CatalogueOutcome read = readTextCatalogue(kFrench, "lab.fr.yaml", &source);
    for (const Diagnostic& d : read.diagnostics)
        ADD_FAILURE() << toString(d);
    return read.catalogue.value_or(TextCatalogue());
}

std::vector<std::string> textsOf(const LabFile& lab) {
    std::vector<std::string> texts;
    forEachText(lab, [&](const std::string&, const std::string& text) { texts.push_back(text); });
    return texts;
}

std::vector<std::string> problemsIn(const std::string& catalogue) {
    const LabFile source = lab();
    std::vector<std::string> problems;
    for (const Diagnostic& d : readTextCatalogue(catalogue, "lab.fr.yaml", &source).diagnostics)
        problems.push_back(toString(d));
    return problems;
}

TEST(TextCatalogue, PutsItsWordsInPlaceOfThoseOfTheLab) {
    EXPECT_THAT(textsOf(french().translated(lab())),
                ElementsAre("Deux pièces", "Deux pièces, et un câble.\n\nCoupez-le.\n", "Bâtiment A",
                            "Building B", "Demandez à C", "départ", "A joint B", "C’est fait",
                            "Ce n’est pas fait", "Attendez", "coupure", "Nothing is left to do."));
}

TEST(TextCatalogue, ChangesNothingButTexts) {
    const auto bare = [](LabFile lab) {
        forEachText(lab, [](const std::string&, std::string& text) { text.clear(); });
        return lab;
    };
    const LabFile shown = french().translated(lab());
    EXPECT_NE(shown, lab());
    EXPECT_EQ(bare(shown), bare(lab()));
}

TEST(TextCatalogue, FindsTheWayBack) {
    const TextCatalogue texts = french();
    EXPECT_EQ(texts.inWordsOf(lab(), texts.translated(lab())), lab());
}

TEST(TextCatalogue, KeepsWhatSomebodyHasWrittenOnTheWayBack) {
    const TextCatalogue texts = french();
    LabFile shown = texts.translated(lab());
    shown.title = "Mes deux pièces";
    shown.groups[1].title = "Bâtiment B";
    // Another building is in front of it now, so that it is known by its words alone.
    shown.steps.erase(shown.steps.begin());
    const LabFile back = texts.inWordsOf(lab(), shown);
    EXPECT_THAT(textsOf(back), ElementsAre("Mes deux pièces", lab().about, "Building A", "Bâtiment B",
                                           "Ask C", "cut", "Nothing is left to do."));
}

TEST(TextCatalogue, TellsTextsWithTheSameTranslationApartByTheirPlaces) {
    const std::string text =
        "language: fr\ntexts:\n  Building A: Bâtiment\n  Building B: Bâtiment\n  start: départ\n";
    const LabFile source = lab();
    const auto texts = readTextCatalogue(text, "lab.fr.yaml", &source).catalogue;
    ASSERT_TRUE(texts.has_value());
    EXPECT_EQ(texts->inWordsOf(source, texts->translated(source)), source);
    LabFile more = texts->translated(source);
    GroupEntry other;
    other.name = "c";
    other.title = "Bâtiment";
    more.groups.push_back(other);
    other.name = "d";
    other.title = "départ";
    more.groups.push_back(other);
    const LabFile back = texts->inWordsOf(source, more);
    EXPECT_EQ(back.groups[2].title, "Bâtiment") << "it could be either";
    EXPECT_EQ(back.groups[3].title, "start") << "what is unique is known again";
}

TEST(TextCatalogue, DoesNotCareHowTextsAreBrokenIntoLines) {
    TextCatalogue texts;
    texts.add("one two three", "un deux trois");
    ASSERT_NE(texts.find("one\n  two\tthree\n"), nullptr);
    EXPECT_EQ(texts.find("one two"), nullptr);
    texts.add("one…", "un…");
    texts.add("one two…", "un deux…");
    EXPECT_EQ(*texts.find("one two three"), "un deux trois") << "the whole text comes first";
    EXPECT_EQ(*texts.find("one two four"), "un deux…") << "and then the longest beginning";
    EXPECT_EQ(*texts.find("one five"), "un…");
    EXPECT_EQ(texts.find("on"), nullptr);
}

TEST(TextCatalogue, NamesWhatTheLabDoesNotSayAndWhatIsNear) {
    EXPECT_THAT(
        problemsIn("language: fr\ntexts:\n  Biulding A: Bâtiment A\n  xyzzy: rien\n  start: départ\n"),
        ElementsAre("lab.fr.yaml:3:3: the lab has no text 'Biulding A'; did you mean 'Building A'?",
                    "lab.fr.yaml:4:3: the lab has no text 'xyzzy'"));
    EXPECT_THAT(
        problemsIn("language: fr\ntexts:\n  Two rooms, end a cable…: Deux\n"),
        ElementsAre(testing::HasSubstr("did you mean 'Two rooms, and a cable between them. Cut it.'?")));
    EXPECT_THAT(problemsIn("language: fr\ntexts:\n  Building…: Bâtiment\n"),
                ElementsAre("lab.fr.yaml:3:3: 2 texts of the lab begin with 'Building…'; say more of the one "
                            "that is meant"));
}

TEST(TextCatalogue, NamesWhatIsWrongWithItself) {
    EXPECT_THAT(problemsIn("language: de\ntexts: {start: Beginn}\n"),
                ElementsAre("lab.fr.yaml:1:11: this file is named for the language 'fr', not 'de'"));
    EXPECT_THAT(problemsIn("language: fr\n"),
                ElementsAre("lab.fr.yaml:1:1: a catalogue of texts needs 'texts'"));
    EXPECT_THAT(
        problemsIn("language: fr\ntitle: x\ntexts: [start]\n"),
        ElementsAre(testing::StartsWith("lab.fr.yaml:2:1: unknown key 'title' in a catalogue of texts"),
                    testing::StartsWith("lab.fr.yaml:3:8: expected a map")));
    EXPECT_THAT(problemsIn("language: fr\ntexts: {start: , cut: \"\", Wait: [a]}\n"),
                ElementsAre(testing::StartsWith("lab.fr.yaml:2:16: expected text, not nothing"),
                            testing::StartsWith("lab.fr.yaml:2:23: there is no text here"),
                            "lab.fr.yaml:2:33: expected text, not a list"));
    EXPECT_THAT(problemsIn("language: fr\ntexts:\n  start: le début / le départ\n"),
                ElementsAre(testing::StartsWith("lab.fr.yaml:3:10: a step's name is one line")));
    EXPECT_THAT(problemsIn(kLab), testing::Contains(testing::HasSubstr("needs 'language'")));
}

TEST(TextCatalogue, SpeaksAsFarAsItIsRight) {
    const LabFile source = lab();
    const auto read =
        readTextCatalogue("language: fr\ntexts: {strat: x, start: départ}\n", "lab.fr.yaml", &source);
    ASSERT_TRUE(read.catalogue.has_value());
    EXPECT_EQ(read.diagnostics.size(), 1U);
    EXPECT_EQ(read.catalogue->translated(source).steps[0].name, "départ");
    EXPECT_FALSE(readTextCatalogue("language: [", "lab.fr.yaml").catalogue.has_value());
    EXPECT_FALSE(readTextCatalogueOf("/nowhere/lab.yaml", "fr").catalogue.has_value());
    EXPECT_THAT(readTextCatalogueOf("/nowhere/lab.yaml", "fr").diagnostics, IsEmpty());
}

TEST(TextCatalogue, IsNoLabAndSaysSo) {
    const LabOutcome read = readLab(kFrench, "lab.fr.yaml");
    ASSERT_EQ(read.diagnostics.size(), 1U);
    EXPECT_THAT(read.diagnostics[0].message, testing::HasSubstr("open the lab file beside it"));
}

TEST(TextCatalogue, LiesBesideItsLab) {
    EXPECT_EQ(catalogueFileOf("a/lab.yaml", "fr"), "a/lab.fr.yaml");
    EXPECT_EQ(labFileOfCatalogue("a/lab.fr.yaml"), "a/lab.yaml");
    EXPECT_EQ(labFileOfCatalogue("a/my.first.pt_BR.yaml"), "a/my.first.yaml");
    EXPECT_EQ(labFileOfCatalogue("a/lab.yaml"), std::nullopt);
    EXPECT_EQ(labFileOfCatalogue("a/lab.v2.yaml"), std::nullopt);
    EXPECT_EQ(labFileOfCatalogue("a/lab.fr.yml"), std::nullopt);
    const auto folder = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/exercises/1-a-missing-route";
    EXPECT_THAT(catalogueFilesOf((folder / "lab.yaml").string()),
                ElementsAre((folder / "lab.fr.yaml").string()));
}

}  // namespace
}  // namespace peerscape
