#include "gui/model/document.hpp"

#include "gui/model/edits.hpp"
#include "gui/model/places.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

Document opened(const std::filesystem::path& file) {
    Document::Opened opened = Document::open(file);
    EXPECT_TRUE(opened.document.has_value());
    return std::move(*opened.document);
}

TEST(Document, IsTheSameLabAgainAfterEveryGestureIsTakenBack) {
    const TemporaryFolder folder;
    Document document = opened(folder.write("lab.yaml", kSquare));
    const std::string before = writeLab(*document.lab());
    document.apply("Add R1", withRouter(*document.lab(), {10, 20}).lab);
    document.apply("Link", withLink(*document.lab(), "R1", "A").value().lab);
    document.apply("Move", withPositions(*document.lab(), {{"A", {1, 2}}}));
    const std::string after = writeLab(*document.lab());
    EXPECT_EQ(document.undoText(), "Move");
    for (int i = 0; i < 3; ++i)
        document.undo();
    EXPECT_EQ(writeLab(*document.lab()), before);
    EXPECT_FALSE(document.canUndo());
    EXPECT_FALSE(document.isModified());
    for (int i = 0; i < 3; ++i)
        document.redo();
    EXPECT_EQ(writeLab(*document.lab()), after);
    EXPECT_FALSE(document.canRedo());
}

TEST(Document, AGestureThatChangesNothingIsNone) {
    Document document;
    document.apply("Nothing", LabFile());
    EXPECT_FALSE(document.canUndo());
}

TEST(Document, ANewGestureForgetsWhatWasTakenBack) {
    Document document;
    document.apply("One", withRouter(*document.lab(), {0, 0}).lab);
    document.undo();
    document.apply("Other", withHost(*document.lab(), {0, 0}).lab);
    EXPECT_FALSE(document.canRedo());
    EXPECT_EQ(document.undoText(), "Other");
}

TEST(Document, SavesTheLabAndTheConfigurationsThatStandInFiles) {
    const TemporaryFolder folder;
    folder.write("A/frr.conf", "router rip\n network 0.0.0.0/0\n");
    Document document =
        opened(folder.write("lab.yaml", "peerscape: 1\nrouters:\n  A: {config: A/frr.conf}\n"));
    document.apply("Configure A", withConfiguration(*document.lab(), "A", "hostname A\n").value());
    EXPECT_TRUE(document.isModified());
    ASSERT_TRUE(document.save().has_value());
    EXPECT_FALSE(document.isModified());
    EXPECT_EQ(readFile(folder.path() / "A/frr.conf"), "hostname A\n");
    EXPECT_EQ(*opened(folder.path()).lab(), *document.lab());
    document.undo();
    EXPECT_TRUE(document.isModified()) << "the file holds what was taken back";
}

TEST(Document, AFailedSaveLeavesTheDocumentWithItsFile) {
    const TemporaryFolder folder;
    const auto file = folder.write("lab.yaml", kSquare);
    Document document = opened(file);
    document.apply("Add", withRouter(*document.lab(), {0, 0}).lab);
    EXPECT_FALSE(document.saveAs(folder.path() / "no/such/folder/lab.yaml").has_value());
    EXPECT_EQ(document.path(), file);
    EXPECT_TRUE(document.isModified());
    EXPECT_FALSE(Document().save().has_value());
}

TEST(Document, KeepsUnsavedWorkBesideTheFile) {
    const TemporaryFolder folder;
    const auto file = folder.write("lab.yaml", kSquare);
    Document document = opened(file);
    document.apply("Add", withRouter(*document.lab(), {0, 0}).lab);
    ASSERT_TRUE(document.keepRecovery().has_value());
    const auto recovered = opened(file).recovered();
    ASSERT_TRUE(recovered.has_value());
    EXPECT_EQ(*recovered, *document.lab());
    ASSERT_TRUE(document.save().has_value());
    EXPECT_FALSE(std::filesystem::exists(Document::recoveryFileOf(file)));
    EXPECT_FALSE(opened(file).recovered().has_value());
}

const std::string kFrench =
    "language: fr\n"
    "texts: {Square: Carré, Building A: Bâtiment A, cut ab: couper ab, Not with nine hops: Pas en neuf "
    "sauts}\n";

TEST(Document, ShowsTheTextsOfACatalogueAndSavesThoseOfTheFile) {
    const TemporaryFolder folder;
    const auto file = folder.write("lab.yaml", kSquare);
    folder.write("lab.fr.yaml", kFrench);
    const LabFile own = *opened(file).lab();
    Document::Opened french = Document::open(file, "fr");
    ASSERT_TRUE(french.document.has_value());
    EXPECT_TRUE(french.ofTexts.empty());
    Document& document = *french.document;
    EXPECT_EQ(document.lab()->title, "Carré");
    EXPECT_EQ(document.lab()->groups[0].title, "Bâtiment A");
    EXPECT_EQ(document.lab()->groups[1].title, "Building B") << "which has no translation yet";
    EXPECT_EQ(document.lab()->steps[1].name, "couper ab");
    EXPECT_FALSE(document.isModified());
    document.apply("Move", withPositions(*document.lab(), {{"A", {1, 2}}}));
    ASSERT_TRUE(document.save().has_value());
    EXPECT_FALSE(document.isModified());
    EXPECT_EQ(*opened(file).lab(), withPositions(own, {{"A", {1, 2}}})) << "but for the place, the same file";
    EXPECT_EQ(document.lab()->title, "Carré") << "and the window goes on in its language";

    LabFile mine = *document.lab();
    mine.title = "Mon carré";
    document.apply("Change the title", mine);
    ASSERT_TRUE(document.save().has_value());
    EXPECT_EQ(opened(file).lab()->title, "Mon carré") << "what somebody has written is kept as it is";
    EXPECT_EQ(opened(file).lab()->steps[1].name, "cut ab");
    EXPECT_EQ(Document::open(file, "fr").document->lab()->title, "Mon carré");
    document.undo();
    ASSERT_TRUE(document.save().has_value());
    EXPECT_EQ(opened(file).lab()->title, "Square");
}

TEST(Document, SavesAnotherFileInTheWordsThatAreShown) {
    const TemporaryFolder folder;
    const auto file = folder.write("lab.yaml", kSquare);
    folder.write("lab.fr.yaml", kFrench);
    Document document = *Document::open(file, "fr").document;
    ASSERT_TRUE(document.saveAs(folder.path() / "." / "lab.yaml").has_value());
    EXPECT_EQ(opened(file).lab()->title, "Square") << "the same file under another name";
    EXPECT_FALSE(document.saveAs(folder.path() / "lab.fr.yaml" / "below.yaml").has_value());
    const auto copy = folder.path() / "copy.yaml";
    ASSERT_TRUE(document.saveAs(copy).has_value());
    EXPECT_EQ(opened(copy).lab()->title, "Carré");
    EXPECT_EQ(Document::open(copy, "fr").document->lab()->title, "Carré");
    document.apply("Move", withPositions(*document.lab(), {{"A", {1, 2}}}));
    ASSERT_TRUE(document.save().has_value());
    EXPECT_EQ(opened(copy).lab()->title, "Carré");
    EXPECT_EQ(opened(file).lab()->title, "Square");
}

TEST(Document, KeepsUnsavedWorkInTheWordsOfTheFile) {
    const TemporaryFolder folder;
    const auto file = folder.write("lab.yaml", kSquare);
    folder.write("lab.fr.yaml", kFrench);
    Document document = *Document::open(file, "fr").document;
    document.apply("Move", withPositions(*document.lab(), {{"A", {1, 2}}}));
    ASSERT_TRUE(document.keepRecovery().has_value());
    EXPECT_EQ(opened(file).recovered()->title, "Square");
    const auto recovered = Document::open(file, "fr").document->recovered();
    ASSERT_TRUE(recovered.has_value());
    EXPECT_EQ(*recovered, *document.lab());
}

TEST(Document, OpensWhateverIsWrongWithTheCatalogue) {
    const TemporaryFolder folder;
    const auto file = folder.write("lab.yaml", kSquare);
    folder.write("lab.fr.yaml", "language: fr\ntexts: {Squaer: Carré, Building A: Bâtiment A}\n");
    const auto half = Document::open(file, "fr");
    ASSERT_EQ(half.ofTexts.size(), 1U);
    EXPECT_EQ(half.document->lab()->title, "Square");
    EXPECT_EQ(half.document->lab()->groups[0].title, "Bâtiment A");
    folder.write("lab.fr.yaml", "language: [");
    const auto broken = Document::open(file, "fr");
    EXPECT_FALSE(broken.ofTexts.empty());
    EXPECT_EQ(*broken.document->lab(), *opened(file).lab());
    EXPECT_TRUE(Document::open(file, "de").ofTexts.empty()) << "there is nothing to be wrong";
}

TEST(Document, NoticesThatAnotherProgramHasWrittenTheFile) {
    const TemporaryFolder folder;
    const auto file = folder.write("lab.yaml", kSquare);
    Document document = opened(file);
    EXPECT_FALSE(document.hasChangedOnDisk());
    std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) + std::chrono::seconds(5));
    EXPECT_TRUE(document.hasChangedOnDisk());
    ASSERT_TRUE(document.save().has_value());
    EXPECT_FALSE(document.hasChangedOnDisk());
}

TEST(Document, AFileWithErrorsIsNotOpened) {
    const TemporaryFolder folder;
    const auto opened = Document::open(folder.write("lab.yaml", "peerscape: 1\nroutes: {}\n"));
    EXPECT_FALSE(opened.document.has_value());
    EXPECT_FALSE(opened.diagnostics.empty());
}

TEST(Places, KeepWhatWasPlacedAndFindRoomForTheOthers) {
    const LabFile lab = labOf(
        "peerscape: 1\nrouters:\n  A: {at: [7, 9]}\n  B: {}\n  C: {at: [300, 9]}\nlinks:\n  - {ends: [A, "
        "B]}\n");
    const auto places = placesOf(lab);
    EXPECT_EQ(places.at("A"), (CanvasPoint{7, 9}));
    EXPECT_EQ(places.at("C"), (CanvasPoint{300, 9}));
    EXPECT_NE(places.at("B"), places.at("A"));
    EXPECT_EQ(places, placesOf(lab));
}

TEST(Places, WhereThingsStandIsNothingThatARunNotices) {
    const LabFile lab = labOf(kSquare);
    EXPECT_TRUE(isSameNetwork(lab, withPositions(lab, {{"A", {99, 99}}})));
    EXPECT_FALSE(isSameNetwork(lab, withRouter(lab, {0, 0}).lab));
    LabFile renumbered = lab;
    renumbered.groups[1].asn = Asn::number(7);
    EXPECT_FALSE(isSameNetwork(lab, renumbered));
}

}  // namespace
}  // namespace peerscape::gui
